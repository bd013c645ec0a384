/// What encloses the next byte: brackets, tags, quotes, lines, sentences.
struct MixStructure {
  static let features: Set<MixFeature> = [
    .tag, .nesting, .quote, .lineWord, .number, .sentence,
  ]

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The name after the last `<`; the one that is being read.
  private var tag: UInt64 = 0
  private var tagSoFar: UInt64 = 0
  private var isInTag = false
  /// Open brackets, a byte each, the innermost one lowest; how many of them there are, beyond eight too.
  private var brackets: UInt64 = 0
  private var depth = 0
  private var quote: UInt64 = 0
  private var isIndenting = true
  private var lineWord: UInt64 = 0
  private var hasLineWord = false
  private var number: UInt64 = 0
  private var sentence: UInt64 = 0

  /// Takes in the last byte of `text`.
  mutating func advance(_ text: borrowing MixText, into features: borrowing MixFeatures) {
    let byte = UInt8(truncatingIfNeeded: text.last)
    let kind = text.classes & 15
    noteBrackets(text.characters)
    noteTag(byte)
    noteQuote(byte)
    noteLine(byte, kind)
    noteSentence(byte, text)
    // A run of digits is one digit.
    if kind != 3 {
      number = number &<< 8 | UInt64(byte)
    } else if number & 0xFF != 1 {
      number = number &<< 8 | 1
    }
    write(into: features)
  }

  private mutating func noteBrackets(_ characters: CharacterReader) {
    guard characters.isComplete else { return }
    let character = characters.last
    switch UInt8(exactly: character) {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"):
      open(character)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ">"): close()
    default:
      guard characters.hasGoneOn else { break }
      if CharacterKind.opens(character) { open(character) }
      if CharacterKind.closes(character) { close() }
    }
  }

  private mutating func open(_ bracket: UInt64) {
    brackets = brackets &<< 8 | bracket & 0xFF
    depth &+= 1
  }

  private mutating func close() {
    guard depth > 0 else { return }
    brackets &>>= 8
    depth &-= 1
  }

  private mutating func noteTag(_ byte: UInt8) {
    if byte == UInt8(ascii: "<") {
      isInTag = true
      tagSoFar = 0
    } else if isInTag {
      if byte == UInt8(ascii: ">") || byte == UInt8(ascii: " ") {
        if tagSoFar != 0 { tag = tagSoFar }
        isInTag = false
      } else {
        tagSoFar = (tagSoFar &+ UInt64(byte) &+ 1) &* 0x2F0B_4C47_B5D1_A3E1
      }
    }
  }

  private mutating func noteQuote(_ byte: UInt8) {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
      quote = quote == 0 ? UInt64(byte) : 0
    } else if byte == 10 {
      quote = 0
    }
  }

  private mutating func noteLine(_ byte: UInt8, _ kind: UInt64) {
    guard byte != 10 else {
      (isIndenting, lineWord, hasLineWord) = (true, 0, false)
      return
    }
    if isIndenting, kind == MixText.space { return }
    isIndenting = false
    let isOfWord = MixText.isOfWord(kind) || kind == 3
    if !hasLineWord, isOfWord {
      // An ideograph is a word.
      hasLineWord = kind == MixText.ideograph
      lineWord = (lineWord &+ UInt64(byte) &+ 1) &* Self.multiplier
    } else if !isOfWord {
      hasLineWord = hasLineWord || lineWord != 0
      // A line that begins with a mark is known by it.
      if lineWord == 0 { lineWord = UInt64(byte) }
    }
  }

  private mutating func noteSentence(_ byte: UInt8, _ text: borrowing MixText) {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), 10: sentence = 0
    default:
      let characters = text.characters
      if text.hasEndedWord { sentence = sentence &* 31 &+ text.previousWord }
      if characters.hasGoneOn, characters.isComplete, CharacterKind.endsSentence(characters.last) {
        sentence = 0
      }
    }
  }

  private func write(into features: borrowing MixFeatures) {
    features[.tag] = tag
    features[.nesting] = brackets & 0xFFFF | UInt64(truncatingIfNeeded: min(depth, 255)) &<< 16
    features[.quote] = quote
    features[.lineWord] = lineWord
    features[.number] = number
    features[.sentence] = sentence
  }
}
