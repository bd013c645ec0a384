import BPBCore

/// Logarithms of probabilities, and weights from logarithms of odds, in integers by tables: the same on
/// every machine.
///
/// Probabilities are in parts of 2^31, logarithms to base 2 in parts of 2^20. The tables are filled with
/// basic IEEE operations alone.
///
/// `@unchecked Sendable`: its tables are filled once, never changed and never freed.
package struct LogDomain: @unchecked Sendable {
  /// The tables, which all models share.
  package static let shared = LogDomain()

  /// Bits of a probability.
  package static let probabilityBits: Int64 = 31
  /// A probability of one.
  package static let one: Int64 = 1 << probabilityBits
  /// Bits of a logarithm's fraction.
  package static let fractionBits: Int32 = 20
  /// Odds of more bits than this to either side give weights of 0 and 1.
  private static let mostOdds: Int64 = 32

  // log2 of 1 + i/4096, and 2^-x/(1 + 2^-x) for x = i/128, with one more place at the end each.
  private static let mantissaBits = 12
  private static let oddsBits: Int64 = 7
  private let logarithms: UnsafeMutablePointer<Int32>
  private let weights: UnsafeMutablePointer<Int64>

  private init() {
    let steps = 1 << Self.mantissaBits
    logarithms = .allocate(capacity: steps + 1)
    for i in 0..<steps {
      let value = PortableLogarithm.log2(significand: 1 + Double(i) / Double(steps))
      logarithms[i] = Int32((value * 0x1p20).rounded())
    }
    logarithms[steps] = 1 << Self.fractionBits
    let places = Int(Self.mostOdds << Self.oddsBits) + 1
    weights = .allocate(capacity: places)
    var odds = 1.0
    for i in 0..<places {
      weights[i] = Int64((odds / (1 + odds) * 0x1p31).rounded())
      odds *= 0.99459942348363317565  // 2^(-1/128)
    }
  }

  /// log2 of `probability`, which is in 1...2^31; 0 or below. Off by less than 2^-19.
  ///
  /// Linear between 4096 places to an octave, which alone is off by less than 2^-26.
  @inline(__always)
  package func log2(_ probability: Int64) -> Int32 {
    let number = UInt32(truncatingIfNeeded: probability)
    let zeros = UInt32(truncatingIfNeeded: number.leadingZeroBitCount)
    let significand = number &<< zeros
    let place = Int(significand &>> 19) & 0xFFF
    let low = logarithms[place]
    let step = logarithms[place &+ 1] &- low
    // A step is below 2^9, the rest of the significand is taken in 19 bits.
    let rest = Int32(truncatingIfNeeded: significand & 0x7FFFF)
    return low &+ (step &* rest) &>> 19 &- Int32(truncatingIfNeeded: zeros) &<< Self.fractionBits
  }

  /// The probability whose odds have the logarithm `odds`. Off by less than 2^-18 of the smaller one of
  /// it and what is left of one, and by 2^-30.
  @inline(__always)
  package func weight(ofLogOdds odds: Int32) -> Int64 {
    let magnitude = min(Int64(odds.magnitude), Self.mostOdds &<< 20 &- 1)
    let place = Int(magnitude &>> 13)
    let high = weights[place]
    let step = weights[place &+ 1] &- high
    let smaller = high &+ (step &* (magnitude & 0x1FFF)) &>> 13
    return odds < 0 ? smaller : Self.one &- smaller
  }
}
