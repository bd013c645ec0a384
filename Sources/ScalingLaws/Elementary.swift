// The only file of this module that speaks to the C library.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The functions of the C library that laws need; their last digit may differ between machines.
enum Elementary {
  @inline(__always) static func exponential(_ x: Double) -> Double { exp(x) }
  @inline(__always) static func logarithm(_ x: Double) -> Double { log(x) }
  @inline(__always) static func power(_ base: Double, _ exponent: Double) -> Double {
    pow(base, exponent)
  }

  /// A positive number that can be divided by, multiplied and written down, however absurd the fit it comes
  /// from.
  static func bounded(_ x: Double) -> Double { x.isNaN ? 1e300 : min(max(x, 1e-300), 1e300) }
}
