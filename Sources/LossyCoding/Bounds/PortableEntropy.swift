/// Logarithms from basic operations alone, so that they are the same bits on every machine.
enum PortableEntropy {
  /// log2 of a positive, finite and normal `x`, within 2^-48 or so.
  ///
  /// With x = 2^e m, m in [√½, √2) and s = (m - 1) / (m + 1): ln m = 2 (s + s³/3 + s⁵/5 + …).
  static func log2(_ x: Double) -> Double {
    let isLarge = x.significand > 1.4142135623730951
    let m = isLarge ? x.significand / 2 : x.significand
    let s = (m - 1) / (m + 1)
    var series = 0.0
    // s² is below 0.0295, so that terms from s²³ on do not count.
    for odd in stride(from: 21.0, to: 0, by: -2) { series = series * (s * s) + 1 / odd }
    let bitsPerNat = 1.4426950408889634
    return Double(x.exponent) + (isLarge ? 1 : 0) + 2 * s * series * bitsPerNat
  }

  /// -p log2 p, 0 for 0.
  static func term(_ p: Double) -> Double { p > 0 ? -p * log2(p) : 0 }
}
