/// Logarithms from additions, multiplications and divisions alone.
///
/// IEEE 754 fixes these to the last bit, and the compiler neither reorders nor fuses them, so that what
/// is chosen by a search over entropies, and every figure of a known source, is the same on every
/// machine. The C library's logarithms differ between machines in their last bit.
package enum PortableMath {
  private static let lowerHalf = 0.7071067811865476
  private static let bitsPerNat = 1.4426950408889634

  /// The binary logarithm, right to a few units in the last place; minus infinity for 0.
  ///
  /// With x = 2^e m, m in [√½, √2) and s = (m - 1) / (m + 1): ln m = 2 (s + s³/3 + s⁵/5 + …).
  package static func log2(_ x: Double) -> Double {
    guard x > 0 else { return -.infinity }
    guard x < .infinity else { return x }
    let isLarge = x.significand * 0.5 >= lowerHalf
    let m = isLarge ? x.significand * 0.5 : x.significand
    let s = (m - 1) / (m + 1)
    let square = s * s
    var sum = 0.0
    // s² is below 0.0295: terms from s²³ on are below one part in 2^53.
    for odd in stride(from: 21.0, to: 0, by: -2) { sum = sum * square + 1 / odd }
    return Double(x.exponent) + (isLarge ? 1 : 0) + 2 * s * sum * bitsPerNat
  }

  /// The binary logarithm of Γ(x), x > 0, by Stirling's series from 12 on and Γ(x) = Γ(x + 1) / x below.
  ///
  /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 6.1.15 and 6.1.41.
  package static func log2Gamma(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x < 12 {
      product *= x
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    let series =
      inverse
      * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))))
    let halfLog2OfTwoPi = 1.3257480647361593
    return (x - 0.5) * log2(x) - (x - series) * bitsPerNat + halfLog2OfTwoPi - log2(product)
  }
}
