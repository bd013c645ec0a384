public import Evidence

/// The same runs analysed in all the ways that led others from 0.73 to 0.50 (T. Pearce, J. Song, "Reconciling Kaplan and
/// Chinchilla Scaling Laws", 2024; T. Porian et al., "Resolving Discrepancies in Compute-Optimal Scaling of Language Models",
/// 2024).
public struct Reconciliation: Sendable {
  /// One analysis.
  public struct Analysis: Sendable {
    public let arm: RunArm
    public let count: RunCount
    public let estimator: ComputeOptimum.Estimator
    /// Exponents, optima and the data per parameter at each, with intervals.
    public let growth: IsoComputationUncertainty
    /// What the estimator would miss on losses without noise, of the law fitted to the same runs by the same count; nil if
    /// no law could be fitted or it has no such exponent.
    public let bias: Double?
  }

  /// What follows from the law fitted to the runs of an arm by a count: the third estimator.
  public struct ClosedForm: Sendable {
    public let arm: RunArm
    public let count: RunCount
    public let fit: SurfaceFit
    /// The slope of the law's own best sizes over the same budgets; β / (α + β) where operations are 6 N. Nil where the law, or
    /// too many of those that were drawn, has no best sizes there.
    public let exponent: Estimate?
  }

  /// Those for which enough was measured, in the order of arms, counts and estimators: the account that is most exact comes
  /// first.
  public let analyses: [Analysis]
  /// Of each arm and count to which a law could be fitted, in the same order.
  public let closedForms: [ClosedForm]

  /// All analyses of `sizes`.
  ///
  /// - Parameters:
  ///   - budgets: how many budgets are spread over the computation that enough sizes have, in each count's own operations.
  ///   - noise: what is known of the noise of runs; if nil, it is estimated from each arm.
  ///   - draws: of each analysis; a quarter of them for the laws, whose fits take longer.
  public init(
    _ sizes: [CountedRuns], budgets: Int = 8, noise: RowNoise? = nil, draws: Int = 1000,
    level: Double = 0.95, using generator: inout some RandomNumberGenerator
  ) {
    var analyses: [Analysis] = []
    var closedForms: [ClosedForm] = []
    for arm in RunArm.all {
      for count in RunCount.all {
        let rows = sizes.compactMap { $0.row(arm, count) }
        guard rows.count >= IsoComputation.fewestSizes else { continue }
        let runs = AnalysedRuns(arm: arm, count: count, rows: rows, budgets: budgets)
        for estimator in ComputeOptimum.Estimator.allCases {
          analyses.append(
            runs.analysis(estimator, noise: noise, draws: draws, level: level, using: &generator))
        }
        if let form = runs.closedForm(draws: max(2, draws / 4), level: level, using: &generator) {
          closedForms.append(form)
        }
      }
    }
    self.analyses = analyses
    self.closedForms = closedForms
  }

  /// The analysis of an arm by a count and an estimator; nil if too little was measured.
  public func analysis(
    _ arm: RunArm, _ count: RunCount, _ estimator: ComputeOptimum.Estimator
  ) -> Analysis? {
    analyses.first { $0.arm == arm && $0.count == count && $0.estimator == estimator }
  }
}

extension Reconciliation.Analysis {
  /// The interval of a, widened to hold the same interval with the estimator's bias taken off; nil without an interval.
  public var interval: Interval? {
    growth.exponent.map { Reconciliation.widened($0.interval, bias: bias) }
  }

  /// Which published exponents the interval holds: none, one or both; nil without an interval, where nothing can be said.
  public var held: [PublishedExponent]? {
    growth.exponent.map { Reconciliation.held(by: $0.interval, bias: bias) }
  }
}

extension Reconciliation.ClosedForm {
  /// Which published exponents the interval holds; nil without an interval.
  public var held: [PublishedExponent]? {
    exponent.map { Reconciliation.held(by: $0.interval, bias: nil) }
  }
}

extension Reconciliation {
  static func widened(_ interval: Interval, bias: Double?) -> Interval {
    let bias = bias ?? 0
    return interval.union(Interval(low: interval.low - bias, high: interval.high - bias))
  }

  static func held(by interval: Interval, bias: Double?) -> [PublishedExponent] {
    PublishedExponent.allCases.filter { widened(interval, bias: bias).contains($0.value) }
  }
}

/// The runs of one arm by one count, with the law fitted to them.
private struct AnalysedRuns {
  let arm: RunArm
  let count: RunCount
  let rows: [SeededRow]
  let means: [SizeRow]
  let budgets: [Double]
  let fit: SurfaceFit?

  init(arm: RunArm, count: RunCount, rows: [SeededRow], budgets: Int) {
    self.arm = arm
    self.count = count
    self.rows = rows
    means = rows.map(\.mean)
    self.budgets = IsoComputation.budgets(of: means, count: budgets)
    fit = try? SurfaceFit(means.flatMap(\.surfacePoints))
  }

  func analysis(
    _ estimator: ComputeOptimum.Estimator, noise: RowNoise?, draws: Int, level: Double,
    using generator: inout some RandomNumberGenerator
  ) -> Reconciliation.Analysis {
    Reconciliation.Analysis(
      arm: arm, count: count, estimator: estimator,
      growth: IsoComputationUncertainty(
        rows, budgets: budgets, estimator: estimator, noise: noise, draws: draws, level: level,
        using: &generator),
      bias: fit.flatMap {
        IsoComputation.bias(of: $0.law, means, budgets: budgets, estimator: estimator)
      })
  }

  func closedForm(
    draws: Int, level: Double, using generator: inout some RandomNumberGenerator
  ) -> Reconciliation.ClosedForm? {
    guard let fit else { return nil }
    let uncertainty = SurfaceUncertainty(
      fit, rowsOf: means.flatMap(\.surfacePoints), draws: draws, using: &generator)
    let operations = OperationsCurve(rows.map { ($0.parameters, $0.operations) })
    return Reconciliation.ClosedForm(
      arm: arm, count: count, fit: fit,
      exponent: operations.flatMap {
        SurfaceOptimum.exponent(of: fit, uncertainty, $0, budgets: budgets, level: level)
      })
  }
}

extension RunArm {
  /// All arms, the best account first.
  public static let all = Rate.allCases.flatMap { rate in
    Schedule.allCases.map { RunArm(rate: rate, schedule: $0) }
  }
}

extension RunCount {
  /// All counts, the most exact first.
  public static let all = Parameters.allCases.flatMap { parameters in
    Operations.allCases.map { RunCount(parameters: parameters, operations: $0) }
  }
}
