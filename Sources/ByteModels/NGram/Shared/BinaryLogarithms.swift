import BPBCore

/// Logarithms and powers to base 2 from tables, good to about 2^-12: basic operations only, so that they are
/// the same on every machine. In floating point, for mixing; `LogDomain` has integers, with bounds for a proof.
struct BinaryLogarithms: ~Copyable {
  /// log2 of 1 + (i + ½)/4096.
  private let logarithms: UnsafeMutablePointer<Float>
  /// 2^(i/4096).
  private let powers: UnsafeMutablePointer<Float>
  private static let fractionBits = 12

  init() {
    let count = 1 << Self.fractionBits
    logarithms = .allocate(capacity: count)
    powers = .allocate(capacity: count)
    for i in 0..<count {
      logarithms[i] = Float(
        PortableLogarithm.log2(significand: 1 + (Double(i) + 0.5) / Double(count)))
      powers[i] = Float(Self.power(i))
    }
  }

  deinit {
    logarithms.deallocate()
    powers.deallocate()
  }

  /// log2 of a positive, normal number.
  @inline(__always)
  func log2(_ value: Float) -> Float {
    let bits = value.bitPattern
    return Float(Int32(truncatingIfNeeded: bits &>> 23) &- 127)
      + logarithms[Int(bits &>> 11 & 4095)]
  }

  /// 2^`value`, for values between -100 and 100.
  @inline(__always)
  func exp2(_ value: Float) -> Float {
    // Positive before it is converted, so that rounding goes one way.
    let steps = Int32(value * 4096 + 524_288) &- 524_288
    let exponent = UInt32(bitPattern: (steps &>> 12) &+ 127) &<< 23
    return Float(bitPattern: exponent) * powers[Int(steps & 4095)]
  }

  /// 2^(i/4096): the product of the square roots of square roots of 2 that the bits of i name.
  private static func power(_ i: Int) -> Double {
    var root = 2.0
    var power = 1.0
    for bit in (0..<fractionBits).reversed() {
      root = root.squareRoot()
      if i >> bit & 1 == 1 { power *= root }
    }
    return power
  }
}
