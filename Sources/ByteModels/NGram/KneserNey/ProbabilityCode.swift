/// Probabilities in 24 bits: 6 of exponent and 18 of significand, rounded down, so that what sums to one
/// never sums to more.
///
/// From 2^-63 to 1; what is smaller is taken for 2^-63. The relative error is under 2^-18, which costs
/// 0.000003 bits on average.
enum ProbabilityCode {
  /// Bits of a code.
  static let bits = 24
  /// The code of 1, the highest.
  static let one: UInt32 = 63 << 18

  private static let lowestExponent: UInt64 = (1023 - 63) << 52

  /// The code of the largest representable probability that is not above `probability`.
  @inline(__always)
  static func code(_ probability: Double) -> UInt32 {
    guard probability > 0x1p-63 else { return 0 }
    guard probability < 1 else { return one }
    return UInt32(truncatingIfNeeded: (probability.bitPattern &- lowestExponent) &>> 34)
  }

  /// What `code`, at most `one`, stands for.
  @inline(__always)
  static func probability(_ code: UInt32) -> Double {
    Double(bitPattern: (UInt64(code) &<< 34) &+ lowestExponent)
  }
}
