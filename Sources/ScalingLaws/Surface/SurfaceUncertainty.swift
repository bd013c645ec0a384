public import Evidence

/// How sure a fitted surface is: laws as they might have been fitted.
///
/// The residual bootstrap (B. Efron, 1979): each draw adds residuals drawn at random to the fitted losses and fits anew,
/// from the optimum. Residuals are inflated by what the constants took from them, and each draw multiplies them by
/// √(ν / χ²), as few points say little of their own scatter.
public struct SurfaceUncertainty: Sendable {
  /// The laws that were drawn.
  public let draws: [SurfaceLaw]

  /// Draws of `fit` on `points`, to which it was fitted.
  public init(
    _ fit: SurfaceFit, _ points: [SurfacePoint], draws: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) {
    let freedom = max(1, points.count - fit.form.constants)
    let inflation = (Double(points.count) / Double(freedom)).squareRoot()
    self.draws = Self.refits(of: fit, points, draws: draws, using: &generator) {
      losses, generator in
      let scale = inflation * generator.studentScale(degreesOfFreedom: freedom)
      for index in losses.indices {
        losses[index] += scale * fit.residuals[generator.index(below: fit.residuals.count)]
      }
    }
  }

  /// Draws of `fit` on `points` of which those of one size share a run, or the mean of runs: instead of residuals each draw adds
  /// an error to each row as a whole and one to each point, as large as the residuals show (`RowNoise`).
  ///
  /// Residuals drawn one by one would take what a run moves together for many small errors, and intervals of α and E be too
  /// short. With fewer than four sizes, where rows show nothing of their own scatter, residuals are drawn all the same.
  public init(
    _ fit: SurfaceFit, rowsOf points: [SurfacePoint], draws: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) {
    guard let noise = RowNoise(residualsOf: fit, points) else {
      self = SurfaceUncertainty(fit, points, draws: draws, using: &generator)
      return
    }
    let rows = points.rowsOfOneSize
    self.draws = Self.refits(of: fit, points, draws: draws, using: &generator) {
      losses, generator in
      let scaled = noise.drawnScale(using: &generator)
      for row in rows {
        let common = scaled.row * generator.normal()
        for index in row { losses[index] += common + scaled.point * generator.normal() }
      }
    }
  }

  /// The laws fitted to losses that `move` has moved from those of `fit`, each from its optimum.
  private static func refits<Generator: RandomNumberGenerator>(
    of fit: SurfaceFit, _ points: [SurfacePoint], draws: Int, using generator: inout Generator,
    move: (_ logLosses: inout [Double], _ generator: inout Generator) -> Void
  ) -> [SurfaceLaw] {
    let problem = fit.problem(points)
    let fitted = problem.fitted(at: fit.optimum)
    let minimiser = LBFGS(tolerance: 1e-9, maximumIterations: 100)
    return (0..<draws).map { _ in
      var losses = fitted
      move(&losses, &generator)
      let minimum = problem.with(logLosses: losses).minimise(from: fit.optimum, with: minimiser)
      return problem.law(at: minimum.point)
    }
  }

  /// The interval of a figure of the law: percentiles of the draws.
  public func interval(
    level: Double = 0.95, of figure: (SurfaceLaw) -> Double
  ) -> Interval? {
    let values = draws.map(figure).filter(\.isFinite)
    guard values.count * 10 >= draws.count * 9 else { return nil }
    return SortedSample(values)?.interval(level: level)
  }

  /// The correlation of two figures over the draws; nil if one of them does not vary.
  public func correlation(
    _ first: (SurfaceLaw) -> Double, _ second: (SurfaceLaw) -> Double
  ) -> Double? {
    let (x, y) = (draws.map(first), draws.map(second))
    let count = Double(draws.count)
    let (a, b) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let (dx, dy) = (x.map { $0 - a }, y.map { $0 - b })
    let product = dot(dx, dy) / (dot(dx, dx) * dot(dy, dy)).squareRoot()
    return product.isFinite ? product : nil
  }
}

extension RandomNumberGenerator {
  /// √(ν / χ²_ν): what Student's distribution multiplies a normal draw by.
  mutating func studentScale(degreesOfFreedom: Int) -> Double {
    var squares = 0.0
    for _ in 0..<degreesOfFreedom {
      let normal = normal()
      squares += normal * normal
    }
    return (Double(degreesOfFreedom) / squares).squareRoot()
  }
}
