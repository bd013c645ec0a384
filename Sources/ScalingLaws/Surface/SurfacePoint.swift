/// The loss that a model of some size had after some data.
public struct SurfacePoint: Sendable, Equatable, Codable {
  /// N, the parameters.
  public var parameters: Double
  /// D, in bytes or tokens.
  public var data: Double
  public var loss: Double
  /// How much the point counts beside the others.
  public var weight: Double

  /// A point of weight 1 unless another is given.
  public init(parameters: Double, data: Double, loss: Double, weight: Double = 1) {
    self.parameters = parameters
    self.data = data
    self.loss = loss
    self.weight = weight
  }
}
