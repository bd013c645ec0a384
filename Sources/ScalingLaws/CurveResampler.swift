import Evidence

/// Draws curves as they might have been measured, and fits each anew.
///
/// A draw starts from the fitted law. Each point with replicates moves as its replicates do when they, then
/// their blocks, are drawn with replacement. Points also move by a residual of the fit drawn at random, as
/// far as the points scatter about the law more than their replicates explain; without any replicates that is
/// the residual bootstrap (B. Efron, 1979). How large the scatter truly is, few points do not say: each draw
/// multiplies it by √(ν / χ²), ν being the points less the three constants, as for Student's distribution.
struct CurveResampler {
  /// Blocks are put together until there are no more than this: more make no better intervals, only slower
  /// ones.
  private static let mostBlocks = 100
  private static let pilotDraws = 40
  private static let constants = 3

  private let curve: LossCurve
  private let problem: PowerLawProblem
  private let best: [Double]
  private let fitted: [Double]
  /// Residuals about zero, of the size that they have before three constants are fitted to them and before
  /// runs are averaged: those of a point of k runs are multiplied by √k.
  private let residuals: [Double]
  /// √k of each point.
  private let rootsOfRuns: [Double]
  /// The share of the residuals that the replicates do not explain.
  private(set) var unexplained = 1.0
  private let minimiser = LBFGS(tolerance: 1e-9, maximumIterations: 100)

  init(
    _ curve: LossCurve, problem: PowerLawProblem, best: [Double],
    using generator: inout some RandomNumberGenerator
  ) {
    self.curve = LossCurve(
      curve.points.map { point in
        var point = point
        point.replicates = point.replicates.map { $0.joined(toAtMost: Self.mostBlocks) }
        return point
      }, blocks: curve.blocks)
    self.problem = problem
    self.best = best
    fitted = problem.objective.logLosses(at: best)
    rootsOfRuns = curve.points.map { Double(max(1, $0.replicates.count)).squareRoot() }
    let seen = difference(problem.objective.logLosses, fitted)
    let mean = seen.reduce(0, +) / Double(seen.count)
    let freedom = Double(max(1, seen.count - Self.constants))
    let inflation = (Double(seen.count) / freedom).squareRoot()
    residuals = zip(seen, rootsOfRuns).map { ($0 - mean) * inflation * $1 }
    unexplained = unexplainedShare(seen: seen, using: &generator)
  }

  /// Whether any point has replicates or blocks to draw from.
  var drawsReplicates: Bool { curve.points.contains { $0.canBeDrawn } }

  /// A law as it might have been fitted, and by how much the log loss of one new run might miss it.
  func draw(using generator: inout some RandomNumberGenerator) -> (law: PowerLaw, miss: Double) {
    let scale = scatterScale(using: &generator)
    let losses = drawnLosses(scatter: unexplained * scale, using: &generator)
    let minimum = minimiser.minimise(problem.with(logLosses: losses).objective, from: best)
    let residual = residuals[generator.index(below: residuals.count)]
    return (problem.law(at: minimum.point), scale * residual)
  }

  /// √(ν / χ²_ν).
  private func scatterScale(using generator: inout some RandomNumberGenerator) -> Double {
    let freedom = max(1, residuals.count - Self.constants)
    var squares = 0.0
    for _ in 0..<freedom {
      let normal = generator.normal()
      squares += normal * normal
    }
    return (Double(freedom) / squares).squareRoot()
  }

  private func drawnLosses(
    scatter: Double, using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    var resampler = Resampler()
    if curve.blocks == .shared, let run = curve.points.lazy.compactMap(\.replicates.first).first {
      resampler.drawBlocks(run.blocks.count, using: &generator)
    }
    var losses = fitted
    for (index, point) in curve.points.enumerated() {
      if point.canBeDrawn {
        let ratio = resampler.ratio(
          of: point.replicates, blocks: curve.blocks, using: &generator)
        losses[index] += Elementary.logarithm(ratio / point.replicates.bitsPerByte)
      }
      if scatter > 0 {
        let residual = residuals[generator.index(below: residuals.count)]
        losses[index] += scatter * residual / rootsOfRuns[index]
      }
    }
    return losses
  }

  /// √(1 - v/s): s the squares of the residuals that were seen, v those that remain when replicates alone are
  /// drawn.
  private func unexplainedShare(
    seen: [Double], using generator: inout some RandomNumberGenerator
  ) -> Double {
    let scatter = dot(seen, seen)
    guard drawsReplicates, scatter > 0 else { return 1 }
    var explained = 0.0
    for _ in 0..<Self.pilotDraws {
      let losses = drawnLosses(scatter: 0, using: &generator)
      let objective = problem.with(logLosses: losses).objective
      let minimum = minimiser.minimise(objective, from: best)
      let remaining = difference(losses, objective.logLosses(at: minimum.point))
      explained += dot(remaining, remaining) / Double(Self.pilotDraws)
    }
    return max(0, 1 - explained / scatter).squareRoot()
  }
}
