/// What a context of a mix is made of. To add one to a model is a case here and a line in `MixLevel`.
enum MixContext: Sendable, Hashable {
  /// The last `n` bytes, up to 7.
  case order(Int)
  /// The last bytes where the mask is not zero.
  case bytes(mask: UInt64)
  /// The word so far, and the byte before it.
  case word
  /// The word so far, and the word before.
  case wordPair
  /// The word so far, and the one before the last.
  case wordSkip
  /// The word so far, and the two before.
  case wordTriple
  /// The last word and the last two bytes.
  case previousWord
  /// Classes of the last `n` bytes, and the last byte.
  case classes(Int)
  /// The byte above, the last byte, and how far the line is.
  case above
  /// How far the line is, and the last byte.
  case column
  /// What the line began with, and the word so far.
  case lineHead
}

extension MixContext {
  /// The hash of the context that `text` ends with.
  ///
  /// - Parameters:
  ///   - kind: tells contexts of different kinds apart.
  ///   - byteAbove: the byte above the next one, in the line before; 0 where it was shorter.
  @inline(__always)
  func hash(_ text: borrowing MixText, kind: UInt64, byteAbove: UInt8) -> UInt64 {
    ContextHash.mix(value(text, byteAbove) &+ (kind &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  @inline(__always)
  private func value(_ text: borrowing MixText, _ byteAbove: UInt8) -> UInt64 {
    let last = UInt64(text.last)
    switch self {
    case .order(let count): return text.lastBytes(count)
    case .bytes(let mask): return text.bytes & mask
    case .word: return Self.joined(text.word, last)
    case .wordPair: return Self.joined(text.word, text.previousWord, last)
    case .wordSkip: return Self.joined(text.word, text.wordBefore, last)
    case .wordTriple:
      return Self.joined(text.word, Self.joined(text.previousWord, text.wordBefore), last)
    case .previousWord: return Self.joined(text.previousWord, text.lastBytes(2))
    case .classes(let count):
      return Self.joined(text.classes & ((1 &<< UInt64(4 &* count)) &- 1), last)
    case .above: return Self.joined(UInt64(byteAbove), last, UInt64(min(text.column, 255)))
    case .column: return Self.joined(UInt64(min(text.column, 255)), last)
    case .lineHead: return Self.joined(text.lineHead, text.word, last)
    }
  }

  @inline(__always)
  private static func joined(_ first: UInt64, _ second: UInt64, _ third: UInt64 = 0) -> UInt64 {
    (first &* 0x8CB9_2BA7_2F3D_8DD7 &+ second) &* 0x9FB2_1C65_1E98_DF25 &+ third
  }
}
