/// Logarithms of probabilities, and weights from logarithms of odds, in integers by tables: the same on
/// every machine.
///
/// Probabilities are in parts of 2^31, logarithms to base 2 in parts of 2^24. The tables are filled with
/// basic IEEE operations alone.
struct LogDomain: ~Copyable {
  /// Bits of a probability.
  static let probabilityBits: Int64 = 31
  /// A probability of one.
  static let one: Int64 = 1 << probabilityBits
  /// Bits of a logarithm's fraction.
  static let fractionBits: Int32 = 24
  /// Logarithms of odds are kept within this many bits of even odds: beyond it a weight would be 0. Where
  /// odds would go on to grow, a loss of under 2^-28 bits a decision.
  static let mostOdds: Int32 = 30 << fractionBits

  // log2 of 1 + i/4096, and 2^-x/(1 + 2^-x) for x = i/128, with one more place at the end each.
  private static let mantissaBits = 12
  private static let oddsBits: Int32 = 7
  private let logarithms: UnsafeMutablePointer<Int32>
  private let weights: UnsafeMutablePointer<Int64>

  init() {
    let steps = 1 << Self.mantissaBits
    logarithms = .allocate(capacity: steps + 1)
    for i in 0..<steps {
      let value = IdealLength.log2(significand: 1 + Double(i) / Double(steps))
      logarithms[i] = Int32((value * 0x1p24).rounded())
    }
    logarithms[steps] = 1 << Self.fractionBits
    let places = Int(Self.mostOdds >> (Self.fractionBits - Self.oddsBits)) + 2
    weights = .allocate(capacity: places)
    var odds = 1.0
    for i in 0..<places {
      weights[i] = Int64((odds / (1 + odds) * 0x1p31).rounded())
      odds *= 0.99459942348363317565  // 2^(-1/128)
    }
  }

  deinit {
    logarithms.deallocate()
    weights.deallocate()
  }

  /// log2 of `probability`, which is in 1...2^31; 0 or below. Off by less than 2^-23.
  ///
  /// Linear between 4096 places to an octave, which alone is off by less than 2^-26.
  @inline(__always)
  func log2(_ probability: Int64) -> Int32 {
    let number = UInt32(truncatingIfNeeded: probability)
    let zeros = UInt32(truncatingIfNeeded: number.leadingZeroBitCount)
    let significand = number &<< zeros
    let place = Int(significand &>> 19) & 0xFFF
    let low = Int64(logarithms[place])
    let step = Int64(logarithms[place &+ 1]) &- low
    let fraction = low &+ (step &* Int64(significand & 0x7FFFF)) &>> 19
    return Int32(truncatingIfNeeded: fraction)
      &- Int32(truncatingIfNeeded: zeros) &<< Self.fractionBits
  }

  /// The probability whose odds have the logarithm `odds`, within `mostOdds` of 0 on either side. Off by
  /// less than 2^-18 of the smaller one of it and what is left of one, and by 2^-31.
  @inline(__always)
  func weight(ofLogOdds odds: Int32) -> Int64 {
    let magnitude = Int64(odds.magnitude)
    let place = Int(magnitude &>> 17)
    let high = weights[place]
    let step = weights[place &+ 1] &- high
    let smaller = high &+ (step &* (magnitude & 0x1FFFF)) &>> 17
    return odds < 0 ? smaller : Self.one &- smaller
  }
}
