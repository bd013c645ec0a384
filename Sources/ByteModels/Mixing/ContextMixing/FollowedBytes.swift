import BPBCore

/// The bytes that followed when the last byte, two, three, or the word were met before: histories that are contexts
/// themselves (indirect contexts of PAQ8, M. Mahoney, 2006).
struct FollowedBytes: ~Copyable {
  static let features: Set<MixFeature> = [
    .afterByte, .afterByteTwo, .afterPair, .afterPairOne, .afterTriple, .afterWord,
  ]

  private static let bits: (pair: Int, triple: Int, word: Int) = (16, 20, 16)

  /// The last four bytes each: after bytes, after pairs, triples and words by hash.
  private let histories: UnsafeMutablePointer<UInt32>
  private let memory: AnonymousMemory
  /// Where the last byte's contexts have theirs.
  private var places: (byte: Int, pair: Int, triple: Int, word: Int)

  private static let pairs = 256
  private static let triples = pairs + 1 << bits.pair
  private static let words = triples + 1 << bits.triple

  static let memoryBytes = (words + 1 << bits.word) * 4

  /// - Throws: `methodFailed` when there is no memory.
  init() throws(BPBError) {
    memory = try AnonymousMemory(bytes: Self.memoryBytes)
    histories = memory.base.assumingMemoryBound(to: UInt32.self)
    places = (0, Self.pairs, Self.triples, Self.words)
  }

  /// Takes in the last byte of `text`.
  mutating func advance(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    let byte = UInt32(text.last)
    note(byte, at: places.byte)
    note(byte, at: places.pair)
    note(byte, at: places.triple)
    note(byte, at: places.word)
    places.byte = text.last
    places.pair = Self.pairs + Int(text.bytes & 0xFFFF)
    places.triple =
      Self.triples + Int(ContextHash.mix(text.bytes & 0xFF_FFFF) &>> UInt64(64 - Self.bits.triple))
    places.word = Self.words + Int(ContextHash.mix(text.word) &>> UInt64(64 - Self.bits.word))
    let after = UInt64(histories[places.byte])
    features[.afterByte] = after
    features[.afterByteTwo] = after & 0xFFFF
    let afterPair = UInt64(histories[places.pair])
    features[.afterPair] = afterPair
    features[.afterPairOne] = afterPair & 0xFF
    features[.afterTriple] = UInt64(histories[places.triple])
    features[.afterWord] = UInt64(histories[places.word]) & 0xFF_FFFF
  }

  @inline(__always)
  private func note(_ byte: UInt32, at place: Int) {
    histories[place] = histories[place] &<< 8 | byte
  }
}
