/// A closed interval of real numbers, as a confidence interval of a statistic.
public struct Interval: Sendable, Equatable, Codable {
  public var low: Double
  public var high: Double

  /// An interval from `low` to `high`.
  ///
  /// Precondition: `low` is not above `high`.
  public init(low: Double, high: Double) {
    precondition(low <= high, "an interval's ends are in order")
    self.low = low
    self.high = high
  }

  /// Whether `value` lies inside, ends included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// Half the distance between the ends.
  public var halfWidth: Double { (high - low) / 2 }
}
