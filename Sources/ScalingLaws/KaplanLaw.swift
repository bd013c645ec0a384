/// L(N, D) = ((N_c / N)^(α_N / α_D) + D_c / D)^α_D: a law without irreducible loss, in which size and data
/// interact.
///
/// Source: J. Kaplan et al., "Scaling Laws for Neural Language Models" (2020), equation 1.5. N are parameters
/// without embeddings, D tokens, losses nats per token.
public struct KaplanLaw: Sendable, Equatable, Codable {
  /// N_c, in parameters.
  public var criticalParameters: Double
  /// α_N.
  public var parameterExponent: Double
  /// D_c, in tokens.
  public var criticalData: Double
  /// α_D.
  public var dataExponent: Double

  /// A law of the given constants, in the order N_c, α_N, D_c, α_D.
  public init(
    criticalParameters: Double, parameterExponent: Double, criticalData: Double,
    dataExponent: Double
  ) {
    self.criticalParameters = criticalParameters
    self.parameterExponent = parameterExponent
    self.criticalData = criticalData
    self.dataExponent = dataExponent
  }

  /// The loss of a model of `parameters` parameters with data without end: (N_c / N)^α_N.
  public func loss(parameters: Double) -> Double {
    Elementary.power(criticalParameters / parameters, parameterExponent)
  }

  /// The loss of a model without limit after `data` tokens: (D_c / D)^α_D.
  public func loss(data: Double) -> Double {
    Elementary.power(criticalData / data, dataExponent)
  }

  /// The loss of a model of `parameters` parameters after `data` tokens.
  public func loss(parameters: Double, data: Double) -> Double {
    let size = Elementary.power(
      criticalParameters / parameters, parameterExponent / dataExponent)
    return Elementary.power(size + criticalData / data, dataExponent)
  }
}
