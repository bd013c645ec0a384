/// L(D) = E + B·D^-β: how a loss falls with the bytes of data D towards what cannot be learned.
///
/// Source: J. Hoffmann et al., "Training Compute-Optimal Large Language Models" (2022), equation 2, with
/// the size of the model held fixed.
public struct PowerLaw: Sendable, Equatable, Codable {
  /// The irreducible loss E, in the unit of the loss (bits per byte throughout this program).
  public var irreducible: Double
  /// The coefficient B, in the unit of the loss times bytes^β.
  public var coefficient: Double
  /// The exponent β.
  public var exponent: Double

  /// A law of the given constants.
  public init(irreducible: Double, coefficient: Double, exponent: Double) {
    self.irreducible = irreducible
    self.coefficient = coefficient
    self.exponent = exponent
  }

  /// The loss after `bytes` bytes of data.
  public func loss(after bytes: Double) -> Double {
    irreducible + coefficient * Elementary.power(bytes, -exponent)
  }
}
