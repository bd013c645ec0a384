/// What contexts are made of: the bytes, words and lines before the next byte.
struct MixText {
  /// The last eight bytes, the last one lowest, and the eight before them.
  private(set) var bytes: UInt64 = 0
  private var olderBytes: UInt64 = 0
  /// Bytes so far.
  private(set) var position = 0
  private(set) var characters = CharacterReader()
  private var score = ScriptScore()
  /// Hashes of the word that is being written, 0 between words, and of those before it. An ideograph is a word.
  private(set) var word: UInt64 = 0
  /// The same without the bytes of a character that goes on.
  private var wholeLetters: UInt64 = 0
  private(set) var previousWord: UInt64 = 0
  private(set) var wordBefore: UInt64 = 0
  /// Letters of the word that is being written, or ideographs in a row, up to 15.
  private(set) var wordLength = 0
  /// Whether the last byte has ended a word.
  private(set) var hasEndedWord = false
  /// Classes of the last characters, four bits each, the last one lowest.
  private(set) var classes: UInt64 = 0
  /// The same with runs of small letters, of digits, or of letters beyond ASCII as one.
  private var shape: UInt64 = 0
  /// The last characters that are neither of words, nor digits, nor spaces, a byte of each.
  private var marks: UInt64 = 0
  /// Where the line began, and the one before it.
  private(set) var lineStart = 0
  private(set) var previousLineStart = 0
  /// The first bytes of the line: what it is, in lists and tables.
  private(set) var lineHead: UInt64 = 0

  /// Of each byte: letters, capitals, digits, spaces, line ends, marks, brackets, other signs, and bytes beyond ASCII by
  /// what UTF-8 makes of them.
  nonisolated(unsafe) static let classOf: UnsafeMutablePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0..<256 { table[byte] = classify(UInt8(byte)) }
    return table
  }()

  private static func classify(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 2
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 3
    case UInt8(ascii: " "), 9: 4
    case 10, 13: 5
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "!"), UInt8(ascii: "?"):
      6
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      7
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): 8
    case 0..<32, 127: 9
    case 0x80..<0xC0: 11  // goes on with a character
    case 0xC0..<0xE0: 12  // begins one of two bytes
    case 0xE0...: 13
    default: 10
    }
  }

  /// The class of the last character: of one that goes on by how much of it is missing, of others beyond ASCII by what they are.
  private static func classify(_ characters: CharacterReader) -> UInt64 {
    if !characters.isComplete { return characters.missing == 1 ? oneMissing : moreMissing }
    let character = characters.last
    if character < 0x80 || !characters.hasGoneOn { return UInt64(classOf[Int(character & 0xFF)]) }
    if CharacterKind.isIdeograph(character) { return ideograph }
    if CharacterKind.isMark(character) { return 10 }
    return CharacterKind.folded(character) == character ? letter : capital
  }

  private static let (letter, oneMissing, moreMissing): (UInt64, UInt64, UInt64) = (11, 12, 13)
  static let space: UInt64 = 4
  static let ideograph: UInt64 = 14
  private static let capital: UInt64 = 15

  @inline(__always)
  private static func script(_ kind: UInt64) -> MixScript {
    kind == ideograph ? .ideographic : kind == letter || kind == capital ? .wide : .narrow
  }

  /// Whether words are made of characters of that class, or it is a word.
  @inline(__always)
  static func isOfWord(_ kind: UInt64) -> Bool { kind &- 1 <= 1 || kind >= 11 }

  @inline(__always)
  var last: Int { Int(bytes & 0xFF) }

  /// That of the last letters.
  @inline(__always)
  var script: MixScript { score.script }

  /// The last `count` bytes, at most 7.
  @inline(__always)
  func lastBytes(_ count: Int) -> UInt64 { bytes & ((1 &<< UInt64(8 &* count)) &- 1) }

  @inline(__always)
  var column: Int { position &- lineStart }

  /// - Parameter isData: whether bytes are of no text, where there are no longer characters.
  @inline(__always)
  mutating func advance(past byte: UInt8, isData: Bool = false) {
    olderBytes = olderBytes &<< 8 | bytes &>> 56
    bytes = bytes &<< 8 | UInt64(byte)
    position &+= 1
    characters.take(byte, isData: isData)
    if let stray = characters.stray { takeStray(stray) }
    let kind = Self.classify(characters)
    classes = (characters.hasGoneOn ? classes &>> 4 : classes) &<< 4 | kind
    hasEndedWord = false
    if characters.isComplete {
      noteShape(kind)
      noteWord(kind)
      if Self.isOfWord(kind) { score.note(Self.script(kind)) }
    } else {
      word = Self.hash(wholeLetters, characters.begun)
    }
    noteLine(byte)
  }

  /// A byte that was no beginning of a character is a letter of some other code.
  private mutating func takeStray(_ byte: UInt64) {
    classes = classes & ~15 | Self.letter
    noteShape(Self.letter)
    goOn(byte)
  }

  @inline(__always)
  private mutating func noteShape(_ kind: UInt64) {
    let isRun =
      kind == shape & 15
      && (kind == 1 || kind == 3 || kind == Self.letter || kind == Self.ideograph)
    if !isRun { shape = shape &<< 4 | kind }
    // Line ends are marks too.
    if kind &- 5 <= 5 { marks = marks &<< 8 | characters.last & 0xFF }
  }

  @inline(__always)
  private mutating func noteWord(_ kind: UInt64) {
    if kind == Self.ideograph {
      end()
      push(Self.hash(0, characters.last))
      wordLength = min(wordLength &+ 1, 15)
    } else if Self.isOfWord(kind) {
      goOn(CharacterKind.folded(characters.last))
    } else {
      end()
      wordLength = 0
    }
  }

  @inline(__always)
  private mutating func goOn(_ letter: UInt64) {
    wordLength = wholeLetters == 0 ? 1 : min(wordLength &+ 1, 15)
    wholeLetters = Self.hash(wholeLetters, letter)
    word = wholeLetters
  }

  @inline(__always)
  private mutating func end() {
    if wholeLetters != 0 { push(wholeLetters) }
    wholeLetters = 0
    word = 0
  }

  @inline(__always)
  private mutating func push(_ word: UInt64) {
    wordBefore = previousWord
    previousWord = word
    hasEndedWord = true
  }

  @inline(__always)
  private static func hash(_ word: UInt64, _ letter: UInt64) -> UInt64 {
    (word &+ letter &+ 1) &* 0x2F0B_4C47_B5D1_A3E1
  }

  @inline(__always)
  private mutating func noteLine(_ byte: UInt8) {
    if byte == 10 {
      previousLineStart = lineStart
      lineStart = position
      lineHead = 0
    } else if column <= 4 {
      lineHead = lineHead &<< 8 | UInt64(byte)
    }
  }

  /// Features that cost little; the others are asked for where a context needs them.
  @inline(__always)
  func write(into features: borrowing MixFeatures) {
    features[.word] = word
    features[.previousWord] = previousWord
    features[.wordBefore] = wordBefore
    features[.column] = UInt64(min(column, 255))
    features[.lineHead] = lineHead
    features[.lastClass] = classes & 0xF
    features[.classes2] = classes & 0xFF
    features[.classes4] = classes & 0xFFFF
    features[.classes6] = classes & 0xFF_FFFF
    features[.classes10] = classes & 0xFF_FFFF_FFFF
    features[.shape] = shape
    features[.shortShape] = shape & 0xFFFF_FFFF
    features[.marks] = marks & 0xFFFF_FFFF
    features[.twoMarks] = marks & 0xFFFF
    features[.lastMark] = marks & 0xFF
    let long = ContextHash.mix(bytes)
    features[.longOrder] = long &+ olderBytes & 0xFF
    features[.longerOrder] = long &+ olderBytes & 0xFFFF_FFFF
  }
}
