/// Powers of 2 and logarithms to base 2 from basic operations alone, so that they are the same on every
/// machine.
enum BinaryPowers {
  /// 2^`exponent`, to one part in 10^9 and for exponents rounded to 2^-20.
  static func power(_ exponent: Double) -> Double {
    let steps = Int((exponent * 0x1p20).rounded())
    var (root, power) = (2.0, 1.0)
    for bit in (0..<20).reversed() {
      root = root.squareRoot()
      if steps >> bit & 1 == 1 { power *= root }
    }
    return Double(sign: .plus, exponent: steps >> 20, significand: power)
  }

  /// log2 of 1 + i/4096 in parts of 2^16.
  private static let logarithms: [Int32] = (0..<4096).map { place in
    var (value, result) = (1 + Double(place) / 4096, 0)
    // One binary digit after the other: squaring doubles the logarithm.
    for _ in 0..<17 {
      value *= value
      result = result << 1 | (value >= 2 ? 1 : 0)
      if value >= 2 { value /= 2 }
    }
    return Int32((result + 1) >> 1)
  }

  /// log2 of a positive number in parts of 2^16, within 2^-11: what a search weighs its ways by.
  @inline(__always)
  static func logarithm(_ value: UInt32) -> Int32 {
    let exponent = 31 &- value.leadingZeroBitCount
    // The highest bit goes to place 31, and the twelve after it say where in the table.
    let place = Int((value &<< UInt32(value.leadingZeroBitCount)) &>> 19) & 4095
    return Int32(truncatingIfNeeded: exponent &<< 16) &+ logarithms[place]
  }
}
