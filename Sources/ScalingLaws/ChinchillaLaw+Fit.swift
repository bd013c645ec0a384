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

/// From where a fit of L(N, D) starts: every combination of these values.
public struct StartGrid: Sendable, Equatable {
  /// Of α and of β.
  public var exponents: [Double]
  /// Of log A and of log B.
  public var logCoefficients: [Double]
  /// Of log E.
  public var logConstants: [Double]

  /// A grid of the given values, none of them empty.
  public init(exponents: [Double], logCoefficients: [Double], logConstants: [Double]) {
    self.exponents = exponents
    self.logCoefficients = logCoefficients
    self.logConstants = logConstants
  }

  /// The grid of Hoffmann et al. (2022), appendix D.3: 4500 starts.
  public static let hoffmann = StartGrid(
    exponents: [0, 0.5, 1, 1.5, 2], logCoefficients: [0, 5, 10, 15, 20, 25],
    logConstants: [-1, -0.5, 0, 0.5, 1])

  /// 32 of the starts of the full grid, for points that a law describes well.
  public static let coarse = StartGrid(
    exponents: [0.5, 1], logCoefficients: [5, 15], logConstants: [-0.5, 0.5])
}

/// A law of size and data fitted to points.
public struct ChinchillaFit: Sendable, Equatable, Codable {
  public var law: ChinchillaLaw
  /// The sum of weighted Huber losses of the log residuals.
  public var objective: Double
  /// The logarithm of each loss seen less that of the law's, in the order of the points.
  public var residuals: [Double]
  /// How many starts were tried.
  public var starts: Int
  /// How many of them ended at the best optimum.
  public var reachedBest: Int
}

extension ChinchillaFit {
  /// The law with five constants needs a sixth point.
  private static let fewestPoints = 6

  /// Fits the law to `points` from every start of `grid`, as `PowerLawFit` does for one size.
  ///
  /// Throws a refusal for fewer than six points, sizes that do not vary, or figures that are not positive
  /// numbers.
  public init(_ points: [SurfacePoint], starts grid: StartGrid = .hoffmann) throws(FitRefusal) {
    try Self.check(points)
    let sizes = CentredLogarithms(points.map(\.parameters))
    let data = CentredLogarithms(points.map(\.data))
    let problem = LogLossObjective(
      hasConstant: true, logSizes: sizes.values, secondLogSizes: data.values,
      logLosses: points.map { Elementary.logarithm($0.loss) }, weights: points.map(\.weight))
    let minimiser = LBFGS()
    let minima = grid.starts.map { start in
      minimiser.minimise(
        problem,
        from: [
          start[0] - start[1] * sizes.mean, start[1], start[2] - start[3] * data.mean, start[3],
          start[4],
        ])
    }
    let best = minima.min { $0.value < $1.value }!
    objective = best.value
    residuals = difference(problem.logLosses, problem.logLosses(at: best.point))
    starts = minima.count
    reachedBest = minima.count { $0.value <= best.value * (1 + 1e-6) + 1e-18 }
    law = ChinchillaLaw(
      irreducible: Elementary.exponential(best.point[4]),
      parameterCoefficient: Elementary.exponential(best.point[0] + best.point[1] * sizes.mean),
      parameterExponent: best.point[1],
      dataCoefficient: Elementary.exponential(best.point[2] + best.point[3] * data.mean),
      dataExponent: best.point[3])
  }

  private static func check(_ points: [SurfacePoint]) throws(FitRefusal) {
    for point in points {
      let figures = [point.parameters, point.data, point.loss, point.weight]
      guard figures.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw FitRefusal(
          .badInput,
          "Sizes, losses and weights have to be positive numbers; one of \(figures) is not.")
      }
    }
    guard points.count >= fewestPoints else {
      throw FitRefusal(
        .tooFewPoints,
        "The law has five constants, so it takes at least \(fewestPoints) points to fit it; the number of "
          + "points here is \(points.count).")
    }
    guard points.contains(where: { $0.parameters != points[0].parameters }),
      points.contains(where: { $0.data != points[0].data })
    else {
      throw FitRefusal(
        .narrowRange,
        "Either all models have one size or all saw the same amount of data, so the two effects cannot be told "
          + "apart.")
    }
  }
}

extension StartGrid {
  /// All starts as log A, α, log B, β, log E.
  fileprivate var starts: [[Double]] {
    logCoefficients.flatMap { a in
      exponents.flatMap { alpha in
        logCoefficients.flatMap { b in
          exponents.flatMap { beta in logConstants.map { [a, alpha, b, beta, $0] } }
        }
      }
    }
  }
}
