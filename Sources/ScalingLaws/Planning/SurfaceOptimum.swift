public import Evidence

/// The size and data of least loss by a law, at a budget of computation.
public enum SurfaceOptimum {
  /// How far beyond the counted sizes the best one is looked for: a factor of 10^8 on both sides.
  static let reach = 8 * Elementary.logarithm(10)
  /// Places of the first look, about a logarithm apart.
  private static let places = 48
  private static let goldenSteps = 40

  /// The best size at `computation` operations, a model of N parameters seeing D = `computation` / operations(N).
  ///
  /// Nil where the loss falls to the end of the range: by this law one should train the smallest or the largest model.
  public static func best(
    of law: SurfaceLaw, _ operations: OperationsCurve, computation: Double
  ) -> ComputeOptimum? {
    let problem = Problem(
      law: law, operations: operations, logComputation: Elementary.logarithm(computation))
    let lowest = problem.lowest
    return lowest.isInside ? problem.optimum(at: lowest.logSize) : nil
  }

  /// a: the exponent with which a law's best size grows, by least squares on the logarithms over `budgets`.
  ///
  /// Where operations are 6 N this is β / (α + β), `ChinchillaLaw.sizeExponent`. Nil unless three budgets or more have a best
  /// size, and all of them have.
  public static func exponent(
    of law: SurfaceLaw, _ operations: OperationsCurve, budgets: [Double]
  ) -> Double? {
    let optima = budgets.compactMap { best(of: law, operations, computation: $0) }
    guard optima.count == budgets.count else { return nil }
    return IsoComputation.line(optima) { $0.parameters }?.slope
  }

  /// The same of a fitted law, with its interval at `level` over the laws as they might have been fitted; nil where the law, or
  /// more than a tenth of those, has no such exponent.
  public static func exponent(
    of fit: SurfaceFit, _ uncertainty: SurfaceUncertainty, _ operations: OperationsCurve,
    budgets: [Double], level: Double = 0.95
  ) -> Estimate? {
    let value = exponent(of: fit.law, operations, budgets: budgets)
    let drawn = uncertainty.interval(level: level) {
      exponent(of: $0, operations, budgets: budgets) ?? .nan
    }
    guard let value, let drawn else { return nil }
    return Estimate(
      value: value, interval: drawn.union(Interval(low: value, high: value)), level: level)
  }

  /// The loss over the logarithm of the size, at one budget.
  struct Problem {
    var law: SurfaceLaw
    var operations: OperationsCurve
    var logComputation: Double

    func loss(_ logSize: Double) -> Double {
      let optimum = optimum(at: logSize, loss: 0)
      return law.loss(parameters: optimum.parameters, data: optimum.data)
    }

    func optimum(at logSize: Double) -> ComputeOptimum {
      optimum(at: logSize, loss: loss(logSize))
    }

    private func optimum(at logSize: Double, loss: Double) -> ComputeOptimum {
      ComputeOptimum(
        computation: Elementary.exponential(logComputation),
        parameters: Elementary.exponential(logSize),
        data: Elementary.exponential(logComputation - operations.logOperations(logSize)), loss: loss
      )
    }

    /// The lowest place: the best of many, and about it the golden section (J. Kiefer, "Sequential minimax search for a
    /// maximum", 1953).
    var lowest: (logSize: Double, isInside: Bool) {
      let range = operations.searchedLogSizes
      let width = range.upperBound - range.lowerBound
      let places = (0...SurfaceOptimum.places).map {
        range.lowerBound + width * Double($0) / Double(SurfaceOptimum.places)
      }
      let losses = places.map(loss)
      let best = losses.indices.min { losses[$0] < losses[$1] }!
      guard best > 0, best < places.count - 1 else { return (places[best], false) }
      return (goldenSection(places[best - 1], places[best + 1]), true)
    }

    private func goldenSection(_ low: Double, _ high: Double) -> Double {
      let ratio = (5.0.squareRoot() - 1) / 2
      var (low, high) = (low, high)
      var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      var (leftLoss, rightLoss) = (loss(left), loss(right))
      for _ in 0..<SurfaceOptimum.goldenSteps {
        if leftLoss < rightLoss {
          (high, right, rightLoss) = (right, left, leftLoss)
          left = high - ratio * (high - low)
          leftLoss = loss(left)
        } else {
          (low, left, leftLoss) = (left, right, rightLoss)
          right = low + ratio * (high - low)
          rightLoss = loss(right)
        }
      }
      return (low + high) / 2
    }
  }
}
