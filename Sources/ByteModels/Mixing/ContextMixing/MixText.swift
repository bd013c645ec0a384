/// What contexts are made of: the bytes, words and lines before the next byte.
struct MixText {
  /// The last eight bytes, the last one lowest, and the eight before them.
  private(set) var bytes: UInt64 = 0
  private var olderBytes: UInt64 = 0
  /// Bytes so far.
  private(set) var position = 0
  /// Hashes of the word that is being written, 0 between words, and of those before it.
  private(set) var word: UInt64 = 0
  private(set) var previousWord: UInt64 = 0
  private(set) var wordBefore: UInt64 = 0
  /// Bytes of the word that is being written, up to 15.
  private(set) var wordLength = 0
  /// Classes of the last bytes, four bits each, the last one lowest.
  private(set) var classes: UInt64 = 0
  /// The same with runs of small letters, of digits, or of bytes beyond ASCII as one.
  private var shape: UInt64 = 0
  /// The last bytes that are neither of words, nor digits, nor spaces.
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

  /// Whether words are made of bytes of that class.
  @inline(__always)
  static func isOfWord(_ kind: UInt64) -> Bool { kind &- 1 <= 1 || kind >= 11 }

  @inline(__always)
  var last: Int { Int(bytes & 0xFF) }

  /// Whether the last byte has ended a word.
  @inline(__always)
  var isAfterWord: Bool { word == 0 && Self.isOfWord(classes &>> 4 & 15) }

  /// The last `count` bytes, at most 7.
  @inline(__always)
  func lastBytes(_ count: Int) -> UInt64 { bytes & ((1 &<< UInt64(8 &* count)) &- 1) }

  @inline(__always)
  var column: Int { position &- lineStart }

  @inline(__always)
  mutating func advance(past byte: UInt8) {
    olderBytes = olderBytes &<< 8 | bytes &>> 56
    bytes = bytes &<< 8 | UInt64(byte)
    position &+= 1
    let kind = Self.classOf[Int(byte)]
    classes = classes &<< 4 | UInt64(kind)
    let joined = UInt64(min(kind, 11))
    let isRun = joined == shape & 15 && (joined == 1 || joined == 3 || joined == 11)
    if !isRun { shape = shape &<< 4 | joined }
    // Line ends are marks too.
    if kind &- 5 <= 5 { marks = marks &<< 8 | UInt64(byte) }
    if Self.isOfWord(UInt64(kind)) {
      let folded = kind == 2 ? byte | 0x20 : byte
      word = (word &+ UInt64(folded) &+ 1) &* 0x2F0B_4C47_B5D1_A3E1
      wordLength = min(wordLength &+ 1, 15)
    } else if word != 0 {
      wordBefore = previousWord
      previousWord = word
      word = 0
      wordLength = 0
    }
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
