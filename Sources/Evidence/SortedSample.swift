/// Values in order, from which quantiles are read.
public struct SortedSample: Sendable, Equatable {
  /// The values, smallest first; never empty.
  public let values: [Double]

  /// The sample of `values` in any order; nil without values, or when one is not a number.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy({ !$0.isNaN }) else { return nil }
    self.values = values.sorted()
  }

  /// The quantile at `p` in 0...1: with n values in order x_0 … x_{n-1}, the value at place (n-1)·p, between
  /// two neighbours in proportion.
  ///
  /// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages" (1996), definition 7.
  public func quantile(_ p: Double) -> Double {
    let place = Double(values.count - 1) * min(max(p, 0), 1)
    let below = Int(place)
    guard below + 1 < values.count else { return values[below] }
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

  /// How many values are at most `bound`.
  func count(upTo bound: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
