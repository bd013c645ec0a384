import BPBCore
import ByteModels

/// The parameters of a network as few bytes: each number's sign, exponent and leading bits, coded by how often they came
/// in the same tensor; the bits behind them as they are.
///
/// Trained weights have some ten exponents that matter, so that those take 2 to 3 bits instead of 8. The numbers are rounded
/// first: significands of `bits` bits after the leading one, 7 of which are bfloat16 and 23 float32.
struct WeightsCode: ~Copyable {
  /// Bits of a significand that a network may keep.
  static let significandBits = 0...23

  /// Bits of a significand that are coded by how often they came; of those after them nothing is known.
  private static let modelledBits = 3
  private static let signs = 0
  private static let exponents = 2
  private static let significands = exponents + 256
  private static let contexts = significands + 256 << modelledBits

  private let bits: Int
  private var decisions = AdaptiveBits(count: WeightsCode.contexts)

  /// A code of one tensor's numbers that has seen none of them yet.
  init(bits: Int) {
    precondition(Self.significandBits.contains(bits), "a float has 0 to 23 bits")
    self.bits = bits
  }

  /// The code of `weights`, whose numbers are what `rounded` makes of them.
  static func encode(_ weights: Weights, bits: Int) -> [UInt8] {
    var coder = RangeEncoder()
    for tensor in weights.layout.tensors {
      var code = WeightsCode(bits: bits)
      for value in weights[tensor] { _ = code.pass(value, through: &coder) }
    }
    return coder.finished()
  }

  /// Reads what `encode` wrote into `weights`, which are not packed yet.
  ///
  /// - Throws: `badData` for bytes that no encoder wrote: too few or too many, or a number that is none.
  static func decode(
    _ coded: Span<UInt8>, into weights: Weights, bits: Int
  ) throws(BPBError) {
    var reader = SnapshotReader(coded)
    for tensor in weights.layout.tensors {
      var code = WeightsCode(bits: bits)
      let values = weights[tensor]
      for index in values.indices {
        values[index] = code.pass(0, through: &reader)
        guard values[index].isFinite, !reader.isExhausted else {
          throw BPBError(
            .badData, "the weights of '\(tensor.name)' end early, or are no numbers")
        }
      }
    }
    try reader.checkEnd()
  }

  /// The nearest number that has a significand of `bits` bits, of two equally near ones the even one; 0 for what is next to
  /// nothing, and the largest there is for what is beyond it.
  static func rounded(_ value: Float, bits: Int) -> Float {
    let dropped = UInt32(23 - bits)
    let pattern = value.bitPattern
    let half: UInt32 = dropped == 0 ? 0 : (1 << (dropped - 1)) - 1 + (pattern >> dropped & 1)
    let kept = ((pattern + half) >> dropped) << dropped
    let result = Float(bitPattern: kept)
    if result.isInfinite {
      return Float(bitPattern: pattern & 0x8000_0000 | (0x7F7F_FFFF >> dropped) << dropped)
    }
    return result.isNormal ? result : 0
  }

  /// Passes one number that is what `rounded` makes of it; gives the number that was passed.
  mutating func pass<C: SymbolCoder & ~Copyable>(
    _ value: Float, through coder: inout C
  ) -> Float {
    let pattern = value.bitPattern
    let exponent = decisions.code(
      pattern >> 23 & 0xFF, width: 8, from: Self.exponents, with: &coder)
    guard exponent > 0 else { return 0 }
    let sign = decisions.code(pattern >> 31, in: Self.signs, with: &coder)
    let modelled = min(bits, Self.modelledBits)
    let leading = decisions.code(
      pattern >> (23 - UInt32(modelled)) & (1 << UInt32(modelled) - 1), width: UInt32(modelled),
      from: Self.significands + Int(exponent) << Self.modelledBits, with: &coder)
    var significand = leading
    for place in modelled..<bits {
      let bit = coder.code(bit: pattern >> UInt32(22 - place) & 1, probability: 1 << 15)
      significand = significand << 1 | bit
    }
    return Float(bitPattern: sign << 31 | exponent << 23 | significand << UInt32(23 - bits))
  }
}
