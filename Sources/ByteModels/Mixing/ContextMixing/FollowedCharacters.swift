import BPBCore

/// What followed when the last characters, or the word, were met before: histories that are contexts themselves (indirect
/// contexts of PAQ8, M. Mahoney, 2006), here of characters of UTF-8, so that other scripts gain as English does.
struct FollowedCharacters: ~Copyable {
  static let features: Set<MixFeature> = [
    .afterOne, .afterOneTwo, .afterPair, .afterPairOne, .afterTriple, .afterWord,
  ]

  private static let bits: (one: Int, pair: Int, triple: Int, word: Int) = (16, 18, 20, 16)

  /// The last four characters each, 16 bits of them: after one, pairs, triples and words by hash.
  private let histories: UnsafeMutablePointer<UInt64>
  private let memory: AnonymousMemory
  /// Where the last characters have theirs.
  private var places: (one: Int, pair: Int, triple: Int, word: Int)
  /// The last three characters, the last one first.
  private var last: (UInt64, UInt64, UInt64) = (0, 0, 0)

  private static let pairs = 1 << bits.one
  private static let triples = pairs + 1 << bits.pair
  private static let words = triples + 1 << bits.triple

  static let memoryBytes = (words + 1 << bits.word) * 8

  /// - Throws: `methodFailed` when there is no memory.
  init() throws(BPBError) {
    memory = try AnonymousMemory(bytes: Self.memoryBytes)
    histories = memory.base.assumingMemoryBound(to: UInt64.self)
    places = (0, Self.pairs, Self.triples, Self.words)
  }

  /// Takes in the last byte of `text`.
  ///
  /// - Returns: the lower bits of what followed the last character.
  mutating func advance(_ text: borrowing MixText, into features: borrowing MixFeatures) -> Int {
    if let stray = text.characters.stray { end(stray) }
    if text.characters.isComplete {
      end(text.characters.last & 0xFFFF)
      find(text.word)
    }
    return write(begun: text.characters.begun, into: features)
  }

  /// Notes that a character has come.
  private mutating func end(_ character: UInt64) {
    note(character, at: places.one)
    note(character, at: places.pair)
    note(character, at: places.triple)
    note(character, at: places.word)
    last = (character, last.0, last.1)
  }

  private mutating func find(_ word: UInt64) {
    let two = last.0 | last.1 &<< 16
    places.one = Int(last.0)
    places.pair = Self.pairs + Self.place(two, Self.bits.pair)
    places.triple = Self.triples + Self.place(two | last.2 &<< 32, Self.bits.triple)
    places.word = Self.words + Self.place(word, Self.bits.word)
  }

  @inline(__always)
  private static func place(_ context: UInt64, _ bits: Int) -> Int {
    Int(ContextHash.mix(context) &>> UInt64(64 - bits))
  }

  private func write(begun bytes: UInt64, into features: borrowing MixFeatures) -> Int {
    // What has come of a character belongs to each context.
    let begun = bytes &* 0x9E37_79B9_7F4A_7C15
    let afterOne = histories[places.one]
    let afterPair = histories[places.pair]
    features[.afterOne] = afterOne &+ begun
    features[.afterOneTwo] = afterOne & 0xFFFF_FFFF &+ begun
    features[.afterPair] = afterPair &+ begun
    features[.afterPairOne] = afterPair & 0xFFFF &+ begun
    features[.afterTriple] = histories[places.triple] &+ begun
    features[.afterWord] = histories[places.word] & 0xFFFF_FFFF_FFFF &+ begun
    return Int(afterOne & 0xFF)
  }

  @inline(__always)
  private func note(_ character: UInt64, at place: Int) {
    histories[place] = histories[place] &<< 16 | character
  }
}
