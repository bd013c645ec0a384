/// The code of the next byte: bytes that a model holds too unlikely get no code word, and what they had
/// falls to the fill, the likeliest byte.
///
/// One number, `leastShare`, leads from the lossless code to the model alone. All arithmetic is in integers:
/// the same frequencies give the same code on every machine.
struct FillCode: Sendable, Equatable {
  /// Parts of 2^24 of the probability that a byte must exceed to have a code word, at most 2^24.
  ///
  /// 0 codes every byte; from 2^23 on at most the likeliest one has a code word, so that nothing is coded.
  let leastShare: UInt32

  static let shareBits: UInt32 = 24
  static let wholeShare: UInt32 = 1 << shareBits

  /// What a file says; nil for a share above 1.
  init?(leastShare: Int) {
    guard (0...Int(Self.wholeShare)).contains(leastShare) else { return nil }
    self.leastShare = UInt32(leastShare)
  }

  /// Bytes dearer than `dearness` bits have no code word.
  ///
  /// - Parameter dearness: 0 or more; infinite for the lossless code. From 25 bits on it is that, too.
  init(dearness: Double) {
    precondition(dearness >= 0, "a dearness is a number of bits, not negative")
    leastShare = dearness < 25 ? UInt32(BinaryPowers.power(-dearness) * Double(Self.wholeShare)) : 0
  }

  /// Whether any byte but the likeliest can have a code word.
  var codesAnything: Bool { leastShare < Self.wholeShare / 2 }

  /// Fills `code` with the frequency of every byte's code word, 0 for bytes that have none.
  ///
  /// - Parameters:
  ///   - model: the model's frequencies, 256 of them, each at least 1 and their sum under 2^25.
  ///   - code: room for 256 frequencies.
  /// - Returns: their sum, at most 2^24, and the fill, the likeliest byte, of equal ones the lowest.
  @inline(__always)
  func fill(
    _ code: UnsafeMutablePointer<UInt32>, from model: Span<UInt32>
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
    while model[likeliest] < most { likeliest += 1 }
    code[likeliest] &+= sum &- kept
    return (sum > Self.wholeShare ? Self.halve(code) : sum, UInt8(likeliest))
  }

  /// Brings a sum under 2^25 below what a coder takes.
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
}
