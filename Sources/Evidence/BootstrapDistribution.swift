/// What a statistic might have been on other draws of the same data.
public struct BootstrapDistribution: Sendable, Equatable {
  /// The statistic of the data as they are.
  public let estimate: Double
  /// The statistic of each draw.
  public let draws: SortedSample
  /// Degrees of freedom behind the estimate of the spread.
  public let degreesOfFreedom: Int
  /// The statistic's standard deviation, estimated from its parts without drawing.
  public let standardError: Double

  init(estimate: Double, draws: SortedSample, error: SamplingError) {
    self.estimate = estimate
    self.draws = draws
    degreesOfFreedom = error.degreesOfFreedom
    standardError = error.variance.squareRoot()
  }

  /// The confidence interval at `level`, 0 < level < 1: quantiles of the draws, stretched as `Bootstrap` says.
  public func interval(level: Double = 0.95) -> Interval {
    let percentiles = draws.interval(level: level)
    let tail = (1 - level) / 2
    let student = -StudentDistribution.quantile(tail, degreesOfFreedom: degreesOfFreedom)
    let stretch = student / -NormalDistribution.quantile(tail)
    let below = max(stretch * (estimate - percentiles.low), student * standardError)
    let above = max(stretch * (percentiles.high - estimate), student * standardError)
    return Interval(low: estimate - below, high: estimate + above)
  }

  /// The estimate with its interval at `level`.
  public func estimate(level: Double = 0.95) -> Estimate {
    Estimate(value: estimate, interval: interval(level: level), level: level)
  }
}

/// A statistic with its confidence interval.
public struct Estimate: Sendable, Equatable, Codable {
  public var value: Double
  public var interval: Interval
  /// How often an interval made in this way covers the truth, 0.95 for instance.
  public var level: Double

  /// A statistic of `value`, with a confidence interval at `level`.
  public init(value: Double, interval: Interval, level: Double = 0.95) {
    self.value = value
    self.interval = interval
    self.level = level
  }
}
