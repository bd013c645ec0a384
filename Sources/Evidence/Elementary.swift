// The only file of this module that speaks to the C library.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The functions of the C library that statistics need; their last digit may differ between machines.
enum Elementary {
  static func arcTangent(_ x: Double) -> Double { atan(x) }
  static func complementaryErrorFunction(_ x: Double) -> Double { erfc(x) }
  static func cosine(_ x: Double) -> Double { cos(x) }
  static func decimalLogarithm(_ x: Double) -> Double { log10(x) }
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func logarithm(_ x: Double) -> Double { log(x) }
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
  static func sine(_ x: Double) -> Double { sin(x) }
}
