#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension Chart.Axis {
  /// The stretch of values that an axis shows.
  ///
  /// - Parameters:
  ///   - values: all that must be on it, each with a place on this axis.
  ///   - isBase: whether bars stand on it, so that it must begin at zero.
  func domain(of values: [Double], isBase: Bool = false) -> ClosedRange<Double> {
    if let names = categories { return -0.5...max(0.5, Double(names.count) - 0.5) }
    if let range, hasPlace(for: range.lowerBound), hasPlace(for: range.upperBound),
      range.lowerBound < range.upperBound
    {
      return range
    }
    guard let low = values.min(), let high = values.max() else {
      return scale == .logarithmic ? 1...10 : 0...1
    }
    if scale == .logarithmic { return Self.logarithmic(low, high) }
    return Self.linear(low, high, includesZero: includesZero || isBase, isBase: isBase)
  }

  /// Some room at both ends: a twentieth, at least a quarter of an octave.
  private static func logarithmic(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let room = max(0.075, (log10(high) - log10(low)) * 0.05)
    let factor = pow(10, room)
    return max(low / factor, .leastNormalMagnitude)...min(high * factor, .greatestFiniteMagnitude)
  }

  private static func linear(
    _ low: Double, _ high: Double, includesZero: Bool, isBase: Bool
  ) -> ClosedRange<Double> {
    var (low, high) = includesZero ? (min(low, 0), max(high, 0)) : (low, high)
    // Half of each, since the span of the largest doubles is more than a double holds.
    var span = high / 2 - low / 2
    if span <= 0 { span = max(low.magnitude / 10, 0.05) }
    let limit = Double.greatestFiniteMagnitude / 4
    if low != 0 || !includesZero { low -= span * 0.08 }
    if high != 0 || !includesZero { high += span * (isBase ? 0.04 : 0.12) }
    return max(low, -limit)...max(min(high, limit), max(low, -limit).nextUp)
  }
}
