/// L(N, D) = E + A / N^α + B / D^β: the loss of a model of N parameters after D units of data.
///
/// Source: J. Hoffmann et al., "Training Compute-Optimal Large Language Models" (2022), equation 2. Units are
/// those of the points it was fitted to: tokens and nats per token in publications, bytes and bits per byte
/// here.
public struct ChinchillaLaw: Sendable, Equatable, Codable {
  /// E: the loss that neither size nor data removes.
  public var irreducible: Double
  /// A, in the unit of the loss times parameters^α.
  public var parameterCoefficient: Double
  /// α.
  public var parameterExponent: Double
  /// B, in the unit of the loss times data^β.
  public var dataCoefficient: Double
  /// β.
  public var dataExponent: Double

  /// A law of the given constants, in the order E, A, α, B, β.
  public init(
    irreducible: Double, parameterCoefficient: Double, parameterExponent: Double,
    dataCoefficient: Double, dataExponent: Double
  ) {
    self.irreducible = irreducible
    self.parameterCoefficient = parameterCoefficient
    self.parameterExponent = parameterExponent
    self.dataCoefficient = dataCoefficient
    self.dataExponent = dataExponent
  }

  /// The loss of a model of `parameters` parameters after `data` units of data.
  public func loss(parameters: Double, data: Double) -> Double {
    irreducible + parameterCoefficient * Elementary.power(parameters, -parameterExponent)
      + dataCoefficient * Elementary.power(data, -dataExponent)
  }

  /// The law of data alone that holds for a model of `parameters` parameters.
  public func powerLaw(parameters: Double) -> PowerLaw {
    PowerLaw(
      irreducible: irreducible
        + parameterCoefficient * Elementary.power(parameters, -parameterExponent),
      coefficient: dataCoefficient, exponent: dataExponent)
  }
}

/// How a budget of computation is best split between a model's size and its data.
public struct Allocation: Sendable, Equatable, Codable {
  /// N, the parameters.
  public var parameters: Double
  /// D, in the law's unit of data.
  public var data: Double
  /// D / N: "tokens per parameter" where data are tokens. Never to be shown without an interval: constants that
  /// fit the same points give 93 or 18 (`PublishedLaws`).
  public var dataPerParameter: Double { data / parameters }
}

extension ChinchillaLaw {
  /// G = (αA / βB)^(1 / (α + β)) (Hoffmann et al., equation 4).
  public var balance: Double {
    let ratio = parameterExponent * parameterCoefficient / (dataExponent * dataCoefficient)
    return Elementary.power(ratio, 1 / (parameterExponent + dataExponent))
  }

  /// a = β / (α + β): the best size grows as computation^a.
  public var sizeExponent: Double { dataExponent / (parameterExponent + dataExponent) }

  /// b = α / (α + β): the best amount of data grows as computation^b; a + b = 1.
  public var dataGrowthExponent: Double { parameterExponent / (parameterExponent + dataExponent) }

  /// The size and data of least loss at `computation` floating-point operations, taken as 6 N D:
  /// N = G (C/6)^a, D = (C/6)^b / G (Hoffmann et al., equation 4).
  public func bestAllocation(computation: Double) -> Allocation {
    Allocation(
      parameters: balance * Elementary.power(computation / 6, sizeExponent),
      data: Elementary.power(computation / 6, dataGrowthExponent) / balance)
  }

  /// The size of the model that is best for `data` units of data: G (D G)^(β / α).
  public func bestParameters(data: Double) -> Double {
    balance * Elementary.power(data * balance, dataExponent / parameterExponent)
  }
}
