/// Values in order, from which quantiles are read.
public struct SortedSample: Sendable, Equatable {
  /// The values, smallest first; never empty.
  public let values: [Double]

  /// The sample of `values` in any order; nil without values, or when one is not a number.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy({ !$0.isNaN }) else { return nil }
    self.values = values.sorted()
  }

  /// The quantile at `p` in 0...1: of n values the one at place (n+1)·p, the smallest being at place 1,
  /// between two neighbours in proportion, and never beyond the smallest or the largest.
  ///
  /// A further value of the same kind lies below it with probability p, however few values there are; the
  /// definition with n-1 in place of n+1 makes intervals from few draws too short.
  ///
  /// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages" (1996), definition 6.
  public func quantile(_ p: Double) -> Double {
    let place = min(max(Double(values.count + 1) * p - 1, 0), Double(values.count - 1))
    let below = Int(place)
    let part = place - Double(below)
    return part == 0 ? values[below] : values[below] * (1 - part) + values[below + 1] * part
  }

  /// The quantile at one half.
  public var median: Double { quantile(0.5) }

  /// The middle `level` (0.95 for instance) of the values: equal parts are left out on both sides.
  public func interval(level: Double) -> Interval {
    let tail = (1 - level) / 2
    let low = quantile(tail)
    return Interval(low: low, high: max(low, quantile(1 - tail)))
  }
}
