public import Evidence

/// What it takes to reach a loss.
public enum LossReach: Sendable, Equatable {
  /// The run of least computation whose expected loss it is. Its computation lies, by the laws as they might have been fitted,
  /// from `least` to `most` operations; `most` is nil if too many of them never get there.
  case reachable(ComputePlan, least: Double, most: Double?)
  /// No computation reaches it (or none up to 10^16 times the measured): it lies below what remains within the limits, E if
  /// there are none, whose interval this is.
  case unreachable(floor: Estimate)
}

extension LossReach {
  /// What it takes to reach `loss` with at most `parameters` and `data`, where given; intervals at `level`.
  ///
  /// Throws a refusal for figures that are not positive numbers, and as `ComputePlan` does.
  public init(
    loss: Double, _ basis: PlanningBasis, parameters: Double? = nil, data: Double? = nil,
    level: Double = 0.95
  ) throws(FitRefusal) {
    var limits = PlanLimits(data: data, parameters: parameters)
    try limits.check()
    guard loss > 0, loss.isFinite else {
      throw FitRefusal(.badInput, "A loss to reach has to be a positive number; \(loss) is not.")
    }
    let search = ReachSearch(basis: basis, data: data, parameters: parameters, loss: loss)
    guard let computation = search.leastComputation(of: basis.fit.law) else {
      self = .unreachable(floor: try search.floor(level: level))
      return
    }
    limits.computation = computation
    let plan = try ComputePlan(basis, limits, level: level)
    // The plan has draws, or it would have refused; one that never gets there counts as without end.
    let drawn = basis.uncertainty.draws.map { search.leastComputation(of: $0) ?? .infinity }
    let sample = SortedSample(drawn)!
    let tail = (1 - level) / 2
    let most = max(sample.quantile(1 - tail), computation)
    self = .reachable(
      plan, least: min(sample.quantile(tail), computation), most: most.isFinite ? most : nil)
  }
}

/// The search for the least computation that reaches a loss.
private struct ReachSearch {
  var basis: PlanningBasis
  var data: Double?
  var parameters: Double?
  var loss: Double

  /// By bisection, as a larger budget never costs loss; nil if no budget that is searched reaches it.
  func leastComputation(of law: SurfaceLaw) -> Double? {
    let reach = 2 * SurfaceOptimum.reach
    var low = Elementary.logarithm(basis.measuredComputation.lowerBound) - reach
    var high = Elementary.logarithm(basis.measuredComputation.upperBound) + reach
    guard best(of: law, logComputation: high) <= loss else { return nil }
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if best(of: law, logComputation: middle) <= loss { high = middle } else { low = middle }
    }
    return Elementary.exponential(high)
  }

  private func best(of law: SurfaceLaw, logComputation: Double) -> Double {
    let run = PlannedRun(
      law, basis,
      PlanLimits(
        computation: Elementary.exponential(logComputation), data: data, parameters: parameters))
    return law.loss(parameters: run.parameters, data: run.data)
  }

  /// What remains of the loss when computation has no end.
  func floor(level: Double) throws(FitRefusal) -> Estimate {
    func floor(_ law: SurfaceLaw) -> Double {
      law.loss(parameters: parameters ?? .infinity, data: data ?? .infinity)
    }
    let value = floor(basis.fit.law)
    guard let drawn = basis.uncertainty.interval(level: level, of: floor) else {
      throw FitRefusal(
        .notIdentified, "What remains of the loss cannot be told from these losses.")
    }
    return Estimate(
      value: value, interval: drawn.union(Interval(low: value, high: value)), level: level)
  }
}
