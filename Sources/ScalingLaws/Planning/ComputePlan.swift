public import Evidence

/// The run to make within limits, and what to expect of it.
///
/// With a limit on computation, size and data are those of least loss by the fitted law, operations counted exactly. Where
/// a law of these kinds falls without end, with size when only data are limited, with data when only the size is, the
/// largest that was measured is taken and `bounds` says so.
public struct ComputePlan: Sendable, Equatable {
  public let limits: PlanLimits
  /// N of the run.
  public let parameters: Double
  /// D of the run, in the law's unit.
  public let data: Double
  /// The floating-point operations that it takes.
  public let computation: Double
  /// The loss to expect. The interval is for one more loss of the kind that was fitted (of one run, or the mean of as many):
  /// the law as it might have been fitted, and the scatter of losses about it, their distances added as squares.
  public let loss: Estimate
  /// Where the best size within the same limits may lie, by the laws as they might have been fitted. An end at a factor of
  /// 10^8 beyond the counted sizes means no end.
  public let bestParameters: Interval
  /// The same of the data.
  public let bestData: Interval
  /// What keeps it from a smaller loss.
  public let bounds: [PlanBound]
  /// How far it lies beyond what was measured.
  public let extrapolation: Extrapolation

  /// The best run within `limits`, with intervals at `level`.
  ///
  /// Throws a refusal for limits that are not positive numbers, a basis without draws, and where the law has no best size at
  /// the computation.
  public init(
    _ basis: PlanningBasis, _ limits: PlanLimits, level: Double = 0.95
  ) throws(FitRefusal) {
    try limits.check()
    let law = basis.fit.law
    let run = PlannedRun(law, basis, limits)
    guard run.isDetermined else {
      throw FitRefusal(
        .notIdentified,
        "By the fitted law no size is best at this computation: the loss falls on to sizes 10^8 times beyond those "
          + "that were counted.")
    }
    let drawn = basis.uncertainty.draws.map { PlannedRun($0, basis, limits) }
    guard let sizes = SortedSample(drawn.map(\.parameters)),
      let data = SortedSample(drawn.map(\.data)),
      let loss = basis.expectedLoss(parameters: run.parameters, data: run.data, level: level)
    else {
      throw FitRefusal(
        .badInput, "Without laws as they might have been fitted a plan has no intervals.")
    }
    self.limits = limits
    self.loss = loss
    parameters = run.parameters
    self.data = run.data
    computation = run.data * basis.operations.operations(parameters: run.parameters)
    bounds = run.bounds
    bestParameters = sizes.interval(level: level).union(
      Interval(low: run.parameters, high: run.parameters))
    bestData = data.interval(level: level).union(Interval(low: run.data, high: run.data))
    extrapolation = Extrapolation(
      parameters: .init(run.parameters, beyond: basis.measuredParameters),
      data: .init(run.data, beyond: basis.measuredData),
      computation: .init(computation, beyond: basis.measuredComputation))
  }
}

/// By which factors a plan lies outside of what was measured: above 1 how many times the largest, below 1 which part of the
/// smallest, 1 inside.
public struct Extrapolation: Sendable, Equatable, Codable {
  public var parameters: Double
  public var data: Double
  public var computation: Double

  /// Whether it lies inside in all respects.
  public var isNone: Bool { parameters == 1 && data == 1 && computation == 1 }
}

extension Double {
  /// By which factor `value` lies outside of `range`; 1 inside, and within the rounding of its ends.
  fileprivate init(_ value: Double, beyond range: ClosedRange<Double>) {
    let factor =
      value > range.upperBound
      ? value / range.upperBound : value < range.lowerBound ? value / range.lowerBound : 1
    self = abs(factor - 1) < 1e-9 ? 1 : factor
  }
}

extension PlanningBasis {
  /// The loss of one run of `parameters` and `data`, with its interval; nil without draws.
  func expectedLoss(parameters: Double, data: Double, level: Double) -> Estimate? {
    let value = fit.law.loss(parameters: parameters, data: data)
    let misses = uncertainty.draws.map {
      Elementary.logarithm(
        Elementary.bounded($0.loss(parameters: parameters, data: data) / value))
    }
    guard let drawn = SortedSample(misses)?.interval(level: level) else { return nil }
    let run = reach(ofOneLoss: level)
    let below = (min(drawn.low, 0) * min(drawn.low, 0) + run * run).squareRoot()
    let above = (max(drawn.high, 0) * max(drawn.high, 0) + run * run).squareRoot()
    return Estimate(
      value: value,
      interval: Interval(
        low: value * Elementary.exponential(-below), high: value * Elementary.exponential(above)),
      level: level)
  }

  /// How far the logarithm of one loss may lie from the law.
  private func reach(ofOneLoss level: Double) -> Double {
    let freedom = noise?.degreesOfFreedomOfOneLoss ?? fit.residuals.count - fit.form.constants
    let student = StudentDistribution.quantile(
      1 - (1 - level) / 2, degreesOfFreedom: max(1, freedom))
    return student * (noise?.ofOneLoss ?? fit.scatter)
  }
}
