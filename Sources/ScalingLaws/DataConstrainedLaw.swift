/// A law of size and data in which data that are seen again count for less, and parameters beyond the best
/// for them too.
///
/// L = E + A / N'^α + B / D'^β with D' = U + U R* (1 - e^(-R/R*)): of D data U are unique, R = D/U - 1 is how
/// often they are repeated, R* how many repetitions are worth learning from. N' likewise, with U_N the
/// smaller of N and the best size for U.
///
/// Source: N. Muennighoff et al., "Scaling Data-Constrained Language Models" (2023), equations 5 to 7. It was
/// fitted to runs with dropout and weight decay, and does not describe losses that rise again.
public struct DataConstrainedLaw: Sendable, Equatable, Codable {
  /// The law for data that are seen once.
  public var unconstrained: ChinchillaLaw
  /// R*_D.
  public var dataRepetitions: Double
  /// R*_N.
  public var parameterRepetitions: Double

  /// A law that becomes `unconstrained` where nothing is repeated.
  public init(
    unconstrained: ChinchillaLaw, dataRepetitions: Double, parameterRepetitions: Double
  ) {
    self.unconstrained = unconstrained
    self.dataRepetitions = dataRepetitions
    self.parameterRepetitions = parameterRepetitions
  }

  /// D': how much fresh data would do as much as `data`, of which `unique` are unique.
  public func effectiveData(_ data: Double, unique: Double) -> Double {
    Self.effective(data, unique: min(unique, data), repetitions: dataRepetitions)
  }

  /// N': how many parameters of a model for `unique` data do as much as `parameters`.
  public func effectiveParameters(_ parameters: Double, unique: Double) -> Double {
    let best = min(parameters, unconstrained.bestParameters(data: unique))
    return Self.effective(parameters, unique: best, repetitions: parameterRepetitions)
  }

  /// The loss of a model of `parameters` parameters after `data`, of which `unique` are unique.
  public func loss(parameters: Double, data: Double, unique: Double) -> Double {
    unconstrained.loss(
      parameters: effectiveParameters(parameters, unique: unique),
      data: effectiveData(data, unique: unique))
  }

  /// D'/D after so many epochs over the same data: 1 for the first, and less for each further one.
  public static func worth(epochs: Double, repetitions: Double) -> Double {
    effective(epochs, unique: 1, repetitions: repetitions) / epochs
  }

  private static func effective(_ total: Double, unique: Double, repetitions: Double) -> Double {
    let repeated = total / unique - 1
    return unique + unique * repetitions * (1 - Elementary.exponential(-repeated / repetitions))
  }
}
