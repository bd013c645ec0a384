public import Evidence

/// The best sizes at equal computation and the exponents with which they grow, with intervals.
///
/// A parametric bootstrap (B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993, section 6.5): each draw moves
/// the mean row of every size as runs of its seeds might have moved it (`RowNoise`) and makes the whole analysis anew at the
/// budgets that had an optimum, as T. Porian et al. (2024) do with the noise of seeds. The noise is that of the seeds pooled
/// over sizes; where every size has one seed, the scatter of the rows about a fitted law; or what is passed in.
///
/// Where the optima scatter about their line more than this noise explains, the rest counts as an error of each optimum on
/// its own and is added to every draw. An estimator's bias is in none of this; `IsoComputation.bias` tells it.
public struct IsoComputationUncertainty: Sendable {
  /// The analysis of the seeds' means.
  public let result: IsoComputation
  /// The noise that was drawn; nil where nothing is known of it, and there are no intervals then.
  public let noise: RowNoise?
  /// a: the best size grows as computation^a.
  public let exponent: Estimate?
  /// The best data per parameter at each of the result's optima; nil where too many draws had none.
  public let dataPerParameter: [Estimate?]
  /// The exponent with which the best data per parameter grow with computation.
  public let dataPerParameterExponent: Estimate?

  /// The analysis of `rows` at `budgets`; intervals at `level` from `draws` draws.
  ///
  /// - Parameter noise: what is known of the noise of runs; if nil, it is estimated from `rows`.
  public init(
    _ rows: [SeededRow], budgets: [Double], estimator: ComputeOptimum.Estimator,
    noise: RowNoise? = nil, draws: Int = 1000, level: Double = 0.95,
    using generator: inout some RandomNumberGenerator
  ) {
    let means = rows.map(\.mean)
    let result = IsoComputation(means, budgets: budgets, estimator: estimator)
    let kept = result.optima.map(\.computation)
    let ofRuns = noise ?? RowNoise(seedsOf: rows)
    let noise = ofRuns ?? (try? RowNoise(scatterOf: rows))
    var drawn: [[ComputeOptimum]] = []
    if let noise {
      for _ in 0..<draws {
        let scaled = noise.drawnScale(using: &generator)
        let moved = zip(means, rows).map {
          // The scatter about a law is that of means already.
          scaled.drawn($0, seeds: ofRuns == nil ? 1 : $1.seeds.count, using: &generator)
        }
        drawn.append(IsoComputation(moved, budgets: kept, estimator: estimator).optima)
      }
    }
    self.result = result
    self.noise = noise
    let size = DrawnGrowth(result.optima, drawn, of: { $0.parameters }, using: &generator)
    let ratio = DrawnGrowth(result.optima, drawn, of: { $0.dataPerParameter }, using: &generator)
    exponent = size.exponent(level: level)
    dataPerParameterExponent = ratio.exponent(level: level)
    dataPerParameter = result.optima.indices.map { ratio.figure(at: $0, level: level) }
  }
}
