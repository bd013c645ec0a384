public import Evidence

/// How two families of models differ in their laws of size and data, `first` less `second`, as "Does the architecture change
/// the slope or only the constant?" asks.
///
/// The laws were fitted apart, to runs that share no noise even where they share a seed's number, so that nothing pairs: draws of
/// one are subtracted from independent draws of the other. Held-out blocks are not drawn: what is said holds for those on which
/// both were measured.
public struct SurfaceDifference: Sendable {
  private let first: (law: SurfaceLaw, draws: [SurfaceLaw])
  private let second: (law: SurfaceLaw, draws: [SurfaceLaw])
  private let level: Double

  /// The difference of two fits with their draws, intervals at `level`.
  public init(
    _ first: (fit: SurfaceFit, uncertainty: SurfaceUncertainty),
    minus second: (fit: SurfaceFit, uncertainty: SurfaceUncertainty), level: Double = 0.95
  ) {
    self.first = (first.fit.law, first.uncertainty.draws)
    self.second = (second.fit.law, second.uncertainty.draws)
    self.level = level
  }

  /// α₁ - α₂; nil for a law without it (`SurfaceForm.joint`).
  public var parameterExponent: Estimate? { difference { $0.chinchilla?.parameterExponent } }

  /// β₁ - β₂; nil for a law without it.
  public var dataExponent: Estimate? { difference { $0.chinchilla?.dataExponent } }

  /// The difference of log(B/D^β) at `data`: how many times the loss that more data would remove is as large. Nil for a law
  /// without these constants.
  public func logDataTerm(at data: Double) -> Estimate? {
    difference { law in
      law.chinchilla.map {
        Elementary.logarithm($0.dataCoefficient)
          - $0.dataExponent * Elementary.logarithm(data)
      }
    }
  }

  /// The difference of the losses that the laws give to `parameters` and `data`; size without end is `.infinity`.
  public func loss(parameters: Double, data: Double) -> Estimate? {
    difference { $0.loss(parameters: parameters, data: data) }
  }

  /// The difference of any figure of a law; nil where either law, or more than a tenth of the draws, has none.
  public func difference(of figure: (SurfaceLaw) -> Double?) -> Estimate? {
    guard let one = figure(first.law), let other = figure(second.law) else { return nil }
    let count = min(first.draws.count, second.draws.count)
    // Both may have been drawn from one seed, and then draws of one place are alike: those half a round apart are not.
    let differences = (0..<count).compactMap { index -> Double? in
      guard let x = figure(first.draws[index]),
        let y = figure(second.draws[(index + count / 2) % count])
      else { return nil }
      return (x - y).isFinite ? x - y : nil
    }
    guard (one - other).isFinite, differences.count * 10 >= count * 9,
      let sample = SortedSample(differences)
    else { return nil }
    let point = Interval(low: one - other, high: one - other)
    return Estimate(
      value: one - other, interval: sample.interval(level: level).union(point), level: level)
  }
}
