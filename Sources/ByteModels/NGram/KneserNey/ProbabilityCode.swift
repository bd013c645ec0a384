/// Probabilities in 24 bits: 6 of exponent and 18 of significand, rounded down, so that what sums to one
/// never sums to more.
///
/// From 2^-58 to almost 2^6, since a backoff may be above one; what is outside is taken for the nearest. The
/// relative error is under 2^-18, which costs
/// 0.000003 bits on average.
enum ProbabilityCode {
  /// Bits of a code.
  static let bits = 24
  /// The highest code.
  static let largest: UInt32 = 1 << 24 - 1

  private static let lowestExponent: UInt64 = (1023 - 58) << 52

  /// The code of the largest representable probability that is not above `probability`.
  @inline(__always)
  static func code(_ probability: Double) -> UInt32 {
    guard probability > 0x1p-58 else { return 0 }
    guard probability < 64 else { return largest }
    return UInt32(truncatingIfNeeded: (probability.bitPattern &- lowestExponent) &>> 34)
  }

  /// What `code` stands for.
  @inline(__always)
  static func probability(_ code: UInt32) -> Double {
    Double(bitPattern: (UInt64(code) &<< 34) &+ lowestExponent)
  }
}
