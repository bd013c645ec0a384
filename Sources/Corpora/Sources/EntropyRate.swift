/// What is known of a source's entropy rate, in bits per byte: no method stays below it in the long run.
public struct EntropyRate: Sendable, Equatable {
  /// The rate is not below this.
  public let lower: Double
  /// The rate is not above this.
  public let upper: Double

  /// A rate that is known exactly, but for rounding.
  public init(exactly rate: Double) { (lower, upper) = (rate, rate) }

  /// A rate between two bounds.
  public init(from lower: Double, to upper: Double) {
    precondition(lower <= upper, "the lower bound is above the upper one")
    (self.lower, self.upper) = (lower, upper)
  }

  /// Whether both bounds are one.
  public var isExact: Bool { lower == upper }

  /// Halfway between the bounds.
  public var middle: Double { (lower + upper) / 2 }
}
