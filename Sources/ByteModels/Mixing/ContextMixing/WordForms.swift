/// How words are written and what stands between them: beginnings, endings, lengths, gaps.
struct WordForms: ~Copyable {
  static let features: Set<MixFeature> = [
    .vowels, .threeVowels, .thirdWord, .fourthWord, .beginning,
    .firstLetters, .firstLettersLength, .lastLetters, .letters3, .letters6,
    .previousStem, .previousEnding, .gap, .gapBefore, .distance,
  ]

  /// The last four words, the last one first.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// Letters of the word so far.
  private var length = 0
  private var stem: UInt64 = 0
  private var previousStem: UInt64 = 0
  private var previousEnding: UInt64 = 0
  /// A byte for each.
  private var letters: UInt64 = 0
  private var firstLetters: UInt64 = 0
  private var lastLetters: UInt64 = 0
  private var gap: UInt64 = 0
  private var gapBefore: UInt64 = 0
  private var vowels: UInt64 = 0
  /// Where words ended last, by the upper bits of their hashes.
  private let ends: UnsafeMutablePointer<UInt32>

  init() {
    ends = .allocate(capacity: 1 << 16)
    ends.initialize(repeating: 0, count: 1 << 16)
  }

  deinit { ends.deallocate() }

  static let memoryBytes = 4 << 16

  /// Takes in the last byte of `text`.
  mutating func advance(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    let byte = UInt64(text.last)
    let kind = text.classes & 15
    if MixText.isOfWord(kind) {
      goOn(kind == 2 ? byte | 0x20 : byte)
    } else {
      gap = (gap &+ (byte == 10 ? 32 : byte) &+ 1) &* 0x2F0B_4C47_B5D1_A3E1
      if length > 0 { end(text) }
    }
    noteSound(kind, byte)
    write(text, into: features)
  }

  private mutating func goOn(_ letter: UInt64) {
    if length == 0 {
      firstLetters = firstLetters &<< 8 | letter
      gapBefore = gap
      gap = 0
      stem = 0
    }
    length &+= 1
    letters = letters &<< 8 | letter
    if length <= 4 { stem = (stem &+ letter &+ 1) &* 0x2F0B_4C47_B5D1_A3E1 }
  }

  private mutating func end(_ text: borrowing MixText) {
    words = (text.previousWord, words.0, words.1, words.2)
    ends[Int(text.previousWord &>> 48)] = UInt32(truncatingIfNeeded: text.position)
    previousStem = stem
    previousEnding = letters & (length >= 3 ? 0xFF_FFFF : length == 2 ? 0xFFFF : 0xFF)
    lastLetters = lastLetters &<< 8 | letters & 0xFF
    length = 0
  }

  private mutating func noteSound(_ kind: UInt64, _ byte: UInt64) {
    let sound: UInt64 =
      switch UInt8(truncatingIfNeeded: byte | 0x20) {
      case _ where kind >= 11: 2
      case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
        UInt8(ascii: "u"), UInt8(ascii: "y"):
        1
      case _ where kind <= 2: 2
      default: byte == 32 ? 3 : byte
      }
    vowels = vowels &<< 8 | sound
  }

  private func write(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    features[.vowels] = vowels
    features[.threeVowels] = vowels & 0xFF_FFFF
    features[.thirdWord] = words.2
    features[.fourthWord] = words.3
    features[.beginning] = length > 0 ? firstLetters & 0xFF : 0
    features[.firstLetters] = firstLetters & 0xFFFF_FFFF
    features[.firstLettersLength] = firstLetters & 0xFFFF_FFFF | UInt64(length) &<< 40
    features[.lastLetters] = lastLetters & 0xFF_FFFF
    features[.letters3] = letters & 0xFF_FFFF
    features[.letters6] = letters & 0xFFFF_FFFF_FFFF
    features[.previousStem] = previousStem
    features[.previousEnding] = previousEnding
    features[.gap] = gap
    features[.gapBefore] = gapBefore
    features[.distance] = distance(text)
  }

  /// How long ago the word so far was a whole word, by half doublings; 0 for never.
  private func distance(_ text: borrowing MixText) -> UInt64 {
    let place = ends[Int(text.word &>> 48)]
    guard text.word != 0, place != 0 else { return 0 }
    let bytes = UInt32(truncatingIfNeeded: text.position) &- place | 1
    let octave = 31 - bytes.leadingZeroBitCount
    let isUpperHalf = octave > 0 && bytes &>> UInt32(octave - 1) & 1 != 0
    return UInt64(2 * octave + (isUpperHalf ? 2 : 1))
  }
}
