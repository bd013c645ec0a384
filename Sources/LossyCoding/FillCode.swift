/// The code of the next byte: bytes that a model holds too unlikely get no code word, and what they had
/// falls to the likeliest byte; of the rest, those outside a window get none either.
///
/// One number, `leastShare`, leads from the lossless code to the model alone; the other, `windowShare`, from one
/// code for all reconstructions to a sparse tree of them. All arithmetic is in integers: the same frequencies
/// give the same code on every machine.
struct FillCode: Sendable, Equatable {
  /// Parts of 2^24 of the probability that a byte must exceed to have a code word, at most 2^24.
  ///
  /// 0 codes every byte; from 2^23 on at most the likeliest one has a code word, so that nothing is coded.
  let leastShare: UInt32
  /// Parts of 2^24 of the cumulated frequencies that have code words, at least 1; 2^24 for no window.
  let windowShare: UInt32

  static let shareBits: UInt32 = 24
  static let wholeShare: UInt32 = 1 << shareBits

  /// What a file says; nil for shares that there are not.
  init?(leastShare: Int, windowShare: Int) {
    let whole = Int(Self.wholeShare)
    guard (0...whole).contains(leastShare), (1...whole).contains(windowShare) else { return nil }
    self.leastShare = UInt32(leastShare)
    self.windowShare = UInt32(windowShare)
  }

  /// The code of an operating point.
  init(_ point: OperatingPoint) {
    let whole = Double(Self.wholeShare)
    // Beyond 24 bits no frequency is left out.
    leastShare = point.dearness < 25 ? UInt32(BinaryPowers.power(-point.dearness) * whole) : 0
    windowShare = max(1, UInt32((point.window * whole).rounded()))
  }

  /// Whether any byte but the likeliest can have a code word.
  var codesAnything: Bool { leastShare < Self.wholeShare / 2 }
  /// Whether code words depend on the last bytes by more than the model.
  var hasWindow: Bool { windowShare < Self.wholeShare }

  /// Fills `code` with the frequency of every byte's code word, 0 for bytes that have none.
  ///
  /// - Parameters:
  ///   - model: the model's frequencies, 256 of them, each at least 1 and their sum under 2^25.
  ///   - context: the last seven bytes of the reconstruction, the last one in the lowest place, zeros before the
  ///     first.
  ///   - code: room for 256 frequencies.
  /// - Returns: their sum, at most 2^24, and the fill, the byte of the highest one, of equal ones the lowest.
  @inline(__always)
  func fill(
    _ code: UnsafeMutablePointer<UInt32>, from model: Span<UInt32>, context: UInt64
  ) -> (total: UInt32, fill: UInt8) {
    var (sum, most): (UInt32, UInt32) = (0, 0)
    for byte in 0..<256 {
      sum &+= model[byte]
      most = max(most, model[byte])
    }
    let least = UInt32(
      truncatingIfNeeded: (UInt64(sum) &* UInt64(leastShare)) &>> UInt64(Self.shareBits))
    var kept: UInt32 = 0
    for byte in 0..<256 {
      let frequency = model[byte] > least ? model[byte] : 0
      code[byte] = frequency
      kept &+= frequency
    }
    var likeliest = 0
    while model[likeliest] < most { likeliest &+= 1 }
    code[likeliest] &+= sum &- kept
    if sum > Self.wholeShare { sum = Self.halve(code) }
    return hasWindow ? narrow(code, sum, context) : (sum, UInt8(likeliest))
  }

  /// Brings a sum under 2^25 down to what a coder takes.
  ///
  /// - Returns: the sum.
  private static func halve(_ code: UnsafeMutablePointer<UInt32>) -> UInt32 {
    var sum: UInt32 = 0
    for byte in 0..<256 {
      code[byte] = code[byte] == 1 ? 1 : code[byte] >> 1
      sum += code[byte]
    }
    return sum
  }

  /// Leaves of the cumulated frequencies what lies in a window, whose place the context says at random; beyond
  /// the last it goes on at the first.
  ///
  /// - Returns: as `fill`.
  private func narrow(
    _ code: UnsafeMutablePointer<UInt32>, _ total: UInt32, _ context: UInt64
  ) -> (total: UInt32, fill: UInt8) {
    let width = max(1, Int((UInt64(total) * UInt64(windowShare)) >> UInt64(Self.shareBits)))
    let start = Int(((Self.mixed(context) >> 40) * UInt64(total)) >> 24)
    let (end, over) = (start + width, start + width - Int(total))
    var (below, fill) = (0, 0)
    for byte in 0..<256 {
      let above = below + Int(code[byte])
      let inside = max(0, min(above, end) - max(below, start)) + max(0, min(above, over) - below)
      code[byte] = UInt32(truncatingIfNeeded: inside)
      if code[byte] > code[fill] { fill = byte }
      below = above
    }
    return (UInt32(width), UInt8(fill))
  }

  /// 64 bits that look drawn at random: the mixing function of SplitMix64 (Steele, Lea and Flood, 2014).
  private static func mixed(_ context: UInt64) -> UInt64 {
    var z = context &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The last bytes of a reconstruction that a window depends on.
enum LastBytes {
  static let count = 7
  static let mask: UInt64 = (1 << UInt64(8 * count)) - 1

  /// The last bytes once `byte` came.
  @inline(__always)
  static func following(_ context: UInt64, _ byte: UInt8) -> UInt64 {
    (context &<< 8 | UInt64(byte)) & mask
  }
}
