/// What kind of character a code point beyond ASCII is, as far as contexts go: blocks of Unicode, not each character's own
/// properties, since contexts compete and need no more.
enum CharacterKind {
  /// Brackets and quotation marks that come in pairs, the one that closes after the one that opens.
  private static let pairs: [(opening: UInt64, closing: UInt64)] = [
    (0xAB, 0xBB), (0x201C, 0x201D), (0x3008, 0x3009), (0x300A, 0x300B), (0x300C, 0x300D),
    (0x300E, 0x300F), (0x3010, 0x3011), (0xFF08, 0xFF09),
  ]

  static func opens(_ character: UInt64) -> Bool { pairs.contains { $0.opening == character } }
  static func closes(_ character: UInt64) -> Bool { pairs.contains { $0.closing == character } }

  /// Ends of sentences: ellipsis, Arabic question mark, danda, ideographic and wide full stops, exclamation and question marks.
  static func endsSentence(_ character: UInt64) -> Bool {
    switch character {
    case 0x2026, 0x61F, 0x964, 0x3002, 0xFF01, 0xFF0E, 0xFF1F: true
    default: false
    }
  }

  /// Characters that are words by themselves.
  static func isIdeograph(_ character: UInt64) -> Bool {
    switch character {
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x2_0000...0x3_FFFF: true
    default: false
    }
  }

  /// Neither of a word nor a word: punctuation, spaces, symbols, drawings.
  static func isMark(_ character: UInt64) -> Bool {
    switch character {
    case 0x80...0xBF, 0xD7, 0xF7, 0x60C, 0x61B, 0x61F, 0x66A...0x66D, 0x6D4, 0x964, 0x965,
      0x2000...0x2BFF, 0x2E00...0x2E7F, 0x3000...0x303F, 0xFE10...0xFE6F, 0xFF00...0xFF0F,
      0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0x1_F000...0x1_FAFF:
      true
    default: false
    }
  }

  /// A capital's small letter, in the alphabets where one is a fixed number after the other; others are themselves.
  static func folded(_ character: UInt64) -> UInt64 {
    switch character {
    case 0x41...0x5A, 0xC0...0xDE, 0x391...0x3A9, 0x410...0x42F: character &+ 0x20
    case 0x400...0x40F: character &+ 0x50
    default: character
    }
  }
}
