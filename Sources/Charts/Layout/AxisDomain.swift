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
  ///   - headroom: if bars stand on it, so that it must begin at zero, the share of it that is left
  ///     free behind the longest.
  func domain(of values: [Double], headroom: Double? = nil) -> ClosedRange<Double> {
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
    return Self.linear(
      low, high, includesZero: includesZero || headroom != nil, headroom: headroom ?? 0.06)
  }

  /// Some room at both ends: a twentieth, at least a quarter of an octave.
  private static func logarithmic(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let room = max(0.075, (log10(high) - log10(low)) * 0.05)
    let factor = pow(10, room)
    return max(low / factor, .leastNormalMagnitude)...min(high * factor, .greatestFiniteMagnitude)
  }

  private static func linear(
    _ low: Double, _ high: Double, includesZero: Bool, headroom: Double
  ) -> ClosedRange<Double> {
    let (least, most) = includesZero ? (min(low, 0), max(high, 0)) : (low, high)
    let span = most > least ? most - least : max(least.magnitude / 5, 0.1)
    // Room does not reach beyond zero, which is the end of what can be measured more often than not.
    let lower = least == 0 || (least > 0 && least < span * 0.04) ? 0 : least - span * 0.04
    let upper = most == 0 && least < 0 ? 0 : most + span * headroom
    return lower...upper
  }
}
