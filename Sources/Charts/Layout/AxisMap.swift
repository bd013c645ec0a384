#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the values of an axis lie in a drawing.
struct AxisMap {
  /// The values at `start` and `end`.
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double
  private let isLogarithmic: Bool

  init(_ axis: Chart.Axis, domain: ClosedRange<Double>, from start: Double, to end: Double) {
    self.domain = domain
    (self.start, self.end) = (start, end)
    isLogarithmic = axis.scale == .logarithmic
  }

  /// The place of `value`; of what is below a logarithmic axis, one below the drawing.
  func place(of value: Double) -> Double {
    start + (end - start) * fraction(of: value)
  }

  /// Whether `value` is within the ends, but for rounding.
  func contains(_ value: Double) -> Bool { (-1e-9...1 + 1e-9).contains(fraction(of: value)) }

  /// The value that lies at `place`.
  func value(at place: Double) -> Double {
    let share = (place - start) / (end - start)
    guard isLogarithmic else {
      return domain.lowerBound + (domain.upperBound - domain.lowerBound) * share
    }
    let (low, high) = (log10(domain.lowerBound), log10(domain.upperBound))
    return pow(10, low + (high - low) * share)
  }

  private func fraction(of value: Double) -> Double {
    if isLogarithmic && value <= 0 { return -1 }
    let (low, high, at) =
      isLogarithmic
      ? (log10(domain.lowerBound), log10(domain.upperBound), log10(value))
      : (domain.lowerBound, domain.upperBound, value)
    return min(max((at - low) / (high - low), -10), 10)
  }
}
