#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The elementary functions that studies use, from the system's library.
enum Mathematics {
  static func log2(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.log2(x)
    #elseif canImport(Musl)
    Musl.log2(x)
    #elseif canImport(Darwin)
    Darwin.log2(x)
    #endif
  }

  static func exp(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.exp(x)
    #elseif canImport(Musl)
    Musl.exp(x)
    #elseif canImport(Darwin)
    Darwin.exp(x)
    #endif
  }

  /// The natural logarithm.
  static func log(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.log(x)
    #elseif canImport(Musl)
    Musl.log(x)
    #elseif canImport(Darwin)
    Darwin.log(x)
    #endif
  }

  static func exp2(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.exp2(x)
    #elseif canImport(Musl)
    Musl.exp2(x)
    #elseif canImport(Darwin)
    Darwin.exp2(x)
    #endif
  }
}
