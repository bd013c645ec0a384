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
    if let stray = text.characters.stray { goOn(stray) }
    if text.characters.isComplete { take(text.characters.last, text) }
    write(text, into: features)
  }

  private mutating func take(_ character: UInt64, _ text: borrowing MixText) {
    let kind = text.classes & 15
    let isOfWord = MixText.isOfWord(kind) && kind != MixText.ideograph
    if isOfWord {
      goOn(CharacterKind.folded(character) & 0xFF)
    } else if kind == MixText.ideograph {
      letters = letters &<< 8 | character & 0xFF
    } else {
      gap = (gap &+ (character == 10 ? 32 : character) &+ 1) &* 0x2F0B_4C47_B5D1_A3E1
    }
    if text.hasEndedWord { end(text) }
    noteSound(kind, character)
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

  private mutating func noteSound(_ kind: UInt64, _ character: UInt64) {
    let sound: UInt64 =
      switch UInt8(truncatingIfNeeded: character | 0x20) {
      case _ where kind >= 11: 2
      case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
        UInt8(ascii: "u"), UInt8(ascii: "y"):
        1
      case _ where kind <= 2: 2
      default: character == 32 ? 3 : character & 0xFF
      }
    vowels = vowels &<< 8 | sound
  }

  private func write(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    // What has come of a character belongs to letters that are contexts by themselves.
    let begun = text.characters.begun &* 0x9E37_79B9_7F4A_7C15
    features[.vowels] = vowels
    features[.threeVowels] = vowels & 0xFF_FFFF
    features[.thirdWord] = words.2
    features[.fourthWord] = words.3
    features[.beginning] = length > 0 ? firstLetters & 0xFF : 0
    features[.firstLetters] = firstLetters & 0xFFFF_FFFF
    features[.firstLettersLength] = (firstLetters & 0xFFFF_FFFF | UInt64(length) &<< 40) &+ begun
    features[.lastLetters] = lastLetters & 0xFF_FFFF
    features[.letters3] = letters & 0xFF_FFFF &+ begun
    features[.letters6] = letters & 0xFFFF_FFFF_FFFF &+ begun
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
