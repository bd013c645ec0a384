/// What contexts are made of: the bytes, words and lines before the next byte.
struct MixText {
  /// The last eight bytes, the last one lowest.
  private(set) var bytes: UInt64 = 0
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

  @inline(__always)
  var last: Int { Int(bytes & 0xFF) }

  /// The last `count` bytes, at most 7.
  @inline(__always)
  func lastBytes(_ count: Int) -> UInt64 { bytes & ((1 &<< UInt64(8 &* count)) &- 1) }

  @inline(__always)
  var column: Int { position &- lineStart }

  @inline(__always)
  mutating func advance(past byte: UInt8) {
    bytes = bytes &<< 8 | UInt64(byte)
    position &+= 1
    let kind = Self.classOf[Int(byte)]
    classes = classes &<< 4 | UInt64(kind)
    if kind <= 2 || kind >= 11 {
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
}
