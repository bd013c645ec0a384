/// What a plan may use; nil is no limit.
public struct PlanLimits: Sendable, Equatable, Codable {
  /// Floating-point operations.
  public var computation: Double?
  /// The most data, in the law's unit.
  public var data: Double?
  /// The largest size.
  public var parameters: Double?

  /// Limits; see the properties.
  public init(computation: Double? = nil, data: Double? = nil, parameters: Double? = nil) {
    self.computation = computation
    self.data = data
    self.parameters = parameters
  }

  func check() throws(FitRefusal) {
    for limit in [computation, data, parameters].compactMap({ $0 })
    where !(limit > 0 && limit.isFinite) {
      throw FitRefusal(
        .badInput, "What a plan may use has to be a positive number; \(limit) is not.")
    }
  }
}

/// What keeps a plan from a smaller loss.
public enum PlanBound: String, Sendable, Codable, CaseIterable {
  /// The computation that was given.
  case computation
  /// The data that were given.
  case data
  /// The size that was given.
  case parameters
  /// No limit, and these laws fall with data without end: the most that was measured is taken.
  case measuredData
  /// No limit, and these laws fall with size without end: the largest that was measured is taken.
  case measuredParameters
}
