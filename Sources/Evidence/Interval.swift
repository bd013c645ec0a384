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

  /// Whether all of `other` lies inside, ends included.
  public func contains(_ other: Interval) -> Bool { low <= other.low && other.high <= high }

  /// Half the distance between the ends.
  public var halfWidth: Double { (high - low) / 2 }

  /// The smallest interval that holds this one and `other`.
  public func union(_ other: Interval) -> Interval {
    Interval(low: min(low, other.low), high: max(high, other.high))
  }
}
