/// A law fitted to points from many starts, and how sure it is that no other optimum is better.
public struct PowerLawFit: Sendable, Equatable, Codable {
  public var law: PowerLaw
  /// The sum of weighted Huber losses of the log residuals.
  public var objective: Double
  /// The logarithm of each loss seen less that of the law's, in the order of the points.
  public var residuals: [Double]
  /// How many starts were tried.
  public var starts: Int
  /// How many of them ended at the best optimum.
  public var reachedBest: Int

  /// The root of the mean square of the residuals, per degree of freedom left by `constants` fitted constants:
  /// the scatter of the points about the law, in logarithms, so as a share of the loss.
  public func scatter(constants: Int = 3) -> Double {
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    return (squares / Double(max(1, residuals.count - constants))).squareRoot()
  }
}

/// Points to which a `PowerLaw` is fitted, in the coordinates in which it is done.
struct PowerLawProblem {
  private(set) var objective: PowerTermsObjective
  private let centre: Double

  /// Sizes and losses are positive; at least one point.
  init(bytes: [Double], losses: [Double], weights: [Double], hasConstant: Bool = true) {
    let sizes = CentredLogarithms(bytes)
    centre = sizes.mean
    objective = PowerTermsObjective(
      hasConstant: hasConstant, logSizes: [sizes.values],
      logLosses: losses.map { Elementary.logarithm($0) }, weights: weights)
  }

  /// The same sizes with other losses.
  func with(logLosses: [Double]) -> PowerLawProblem {
    var copy = self
    copy.objective.logLosses = logLosses
    return copy
  }

  func law(at point: [Double]) -> PowerLaw {
    // A coefficient that is finite and not zero keeps the law's losses numbers, however absurd its exponent.
    let logCoefficient = min(max(point[0] + point[1] * centre, -690), 690)
    return PowerLaw(
      irreducible: objective.hasConstant ? Elementary.exponential(min(point[2], 690)) : 0,
      coefficient: Elementary.exponential(logCoefficient), exponent: point[1])
  }

  /// The best of all starts, with where it lies.
  func fit() -> (fit: PowerLawFit, point: [Double]) {
    let minimiser = LBFGS()
    let minima = starts().map { minimiser.minimise(objective, from: $0) }
    let best = minima.min { $0.value < $1.value }!
    let near = best.value * (1 + 1e-6) + 1e-18
    let fit = PowerLawFit(
      law: law(at: best.point), objective: best.value,
      residuals: difference(objective.logLosses, objective.logLosses(at: best.point)),
      starts: minima.count, reachedBest: minima.count { $0.value <= near })
    return (fit, best.point)
  }

  /// Curves through the first and the last point whose E is a share of the smallest loss, for several shares
  /// and exponents.
  ///
  /// Hoffmann et al. start from a fixed grid of e, b and β, which suits losses in nats and sizes in tokens;
  /// this one suits any unit.
  private func starts() -> [[Double]] {
    let smallest = objective.logLosses.min()!
    let largest = objective.logLosses.max()!
    let exponents = [-0.5, 0.1, 0.3, 0.6, 1.2]
    guard objective.hasConstant else { return exponents.map { [smallest, $0] } }
    return [0.1, 0.5, 0.9, 0.99].flatMap { share in
      let constant = smallest + Elementary.logarithm(share)
      let rest = Elementary.exponential(largest) - Elementary.exponential(constant)
      let steepest = objective.logSizes[0].map { abs($0) }.max()!
      return exponents.map { exponent in
        [Elementary.logarithm(rest) - abs(exponent) * steepest, exponent, constant]
      }
    }
  }
}
