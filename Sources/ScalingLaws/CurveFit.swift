public import Evidence

/// A loss that a law predicts for a size.
public struct Prediction: Sendable, Equatable, Codable {
  /// The bytes learned from.
  public var bytes: Double
  /// The law's loss in bits per byte.
  public var loss: Double
  /// Where one run at this size would lie.
  public var interval: Interval
}

/// The confidence intervals of a law's constants.
public struct PowerLawIntervals: Sendable, Equatable, Codable {
  /// Of E.
  public var irreducible: Interval
  /// Of B.
  public var coefficient: Interval
  /// Of β.
  public var exponent: Interval
}

/// A law fitted to a curve, with intervals, a check on the largest sizes and, if it deserves them, predictions.
///
/// Intervals are percentiles of refits (`CurveResampler` says how curves are drawn). A prediction interval
/// also holds the scatter of points about the law, and is never narrower on either side than the error on
/// held-out sizes, grown in proportion to the logarithm of how far beyond the measured sizes it reaches.
public struct CurveFit: Sendable, Equatable, Codable {
  /// What the intervals rest on.
  public enum Uncertainty: String, Sendable, Codable {
    /// Replicates and blocks were drawn, and residuals for what these do not explain.
    case replicatesAndResiduals
    /// Only one figure was known at each size: residuals alone were drawn.
    case residuals
  }

  /// The law with its residuals.
  public let fit: PowerLawFit
  /// The best law with E = 0, for comparison.
  public let withoutIrreducible: PowerLawFit
  /// The confidence intervals of the constants.
  public let intervals: PowerLawIntervals
  /// How often such intervals cover the truth, 0.95 for instance.
  public let level: Double
  public let uncertainty: Uncertainty
  /// The check on the largest sizes; nil if there are too few points for one.
  public let holdOut: HoldOut?
  /// What is expected at 10 and 100 times the largest size; empty if the law does not deserve it.
  public let extrapolations: [Prediction]
  /// Predictions over sizes at equal ratios, from the smallest measured to the largest predicted.
  public let band: [Prediction]
  /// Why the law is not believed beyond the measured sizes; nil if it is.
  public let refusal: FitRefusal?
  /// What a reader should know beside the figures, a sentence each.
  public let notes: [String]

  /// The law that was fitted.
  public var law: PowerLaw { fit.law }

  /// Fits a law to `curve` and draws it anew `draws` times.
  ///
  /// Throws a refusal where no law can be fitted at all: too few sizes, losses that are not positive numbers, a
  /// loss that never changes.
  public init(
    _ curve: LossCurve, draws: Int = 1000, level: Double = 0.95,
    using generator: inout some RandomNumberGenerator
  ) throws(FitRefusal) {
    try curve.check()
    let problem = PowerLawProblem(curve)
    let (fit, best) = problem.fit()
    let resampler = CurveResampler(curve, problem: problem, best: best, using: &generator)
    var drawn: [(law: PowerLaw, miss: Double)] = []
    for _ in 0..<max(1, draws) { drawn.append(resampler.draw(using: &generator)) }

    self.fit = fit
    self.level = level
    withoutIrreducible = PowerLawProblem(curve, hasConstant: false).fit().fit
    intervals = PowerLawIntervals(drawn.map(\.law), about: fit.law, level: level)
    uncertainty = resampler.drawsReplicates ? .replicatesAndResiduals : .residuals
    holdOut = HoldOut(curve)
    refusal = Self.refusal(of: curve, fit: fit, intervals: intervals, holdOut: holdOut)
    let predictor = Predictor(
      law: fit.law, draws: drawn, level: level, largest: curve.points[curve.points.count - 1].bytes,
      holdOut: holdOut)
    extrapolations = refusal == nil ? [10, 100].map { predictor.prediction(times: $0) } : []
    band = predictor.band(from: curve.points[0].bytes, times: refusal == nil ? 100 : 1)
    notes = Self.notes(
      curve, fit: fit, withoutIrreducible: withoutIrreducible, intervals: intervals)
  }

  /// Where a measurement after `bytes` bytes would lie; nil outside the band.
  public func band(at bytes: Double) -> Interval? {
    guard let next = band.firstIndex(where: { $0.bytes >= bytes }) else { return nil }
    guard band[next].bytes > bytes else { return band[next].interval }
    guard next > 0 else { return nil }
    let (a, b) = (band[next - 1], band[next])
    let part = Elementary.logarithm(bytes / a.bytes) / Elementary.logarithm(b.bytes / a.bytes)
    return Interval(
      low: a.interval.low + part * (b.interval.low - a.interval.low),
      high: a.interval.high + part * (b.interval.high - a.interval.high))
  }
}

extension PowerLawProblem {
  init(_ curve: LossCurve, hasConstant: Bool = true) {
    self.init(
      bytes: curve.points.map(\.bytes), losses: curve.points.map(\.loss),
      weights: curve.points.map(\.weight), hasConstant: hasConstant)
  }
}

extension PowerLawIntervals {
  /// Percentiles of the constants of `draws`, widened to hold those of `law`.
  init(_ draws: [PowerLaw], about law: PowerLaw, level: Double) {
    func interval(_ constant: (PowerLaw) -> Double) -> Interval {
      let value = Interval(low: constant(law), high: constant(law))
      return SortedSample(draws.map(constant))?.interval(level: level).union(value) ?? value
    }
    irreducible = interval(\.irreducible)
    coefficient = interval(\.coefficient)
    exponent = interval(\.exponent)
  }
}
