/// Columns that text takes on a terminal.
enum DisplayWidth {
  /// Columns of `text`, which holds no control characters.
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// `text`, or as much of its beginning as fits into `width` columns with `…` after it.
  static func truncate(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    return prefix(text, of: width - 1) + "…"
  }

  /// `text`, or as much of its end as fits into `width` columns with `…` before it.
  static func truncateStart(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var room = width - 1
    let kept = text.reversed().prefix {
      room -= of(String($0))
      return room >= 0
    }
    return "…" + String(kept.reversed())
  }

  /// The longest beginning of `text` that fits into `width` columns.
  static func prefix(_ text: String, of width: Int) -> String {
    var room = width
    return String(
      text.prefix {
        room -= of(String($0))
        return room >= 0
      })
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    // Medial and final jamo join the initial one before them.
    default: (0x1160...0x11FF).contains(scalar.value) ? 0 : isWide(scalar) ? 2 : 1
    }
  }

  /// East Asian wide and fullwidth characters, and those that are shown as emoji.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul initial jamo
    0x2329...0x232A,  // angle brackets
    0x2E80...0x303E,  // CJK radicals and punctuation
    0x3041...0xA4CF,  // kana to Yi
    0xA960...0xA97C,  // Hangul extended jamo
    0xAC00...0xD7A3,  // Hangul syllables
    0xF900...0xFAFF,  // CJK compatibility ideographs
    0xFE10...0xFE19,  // vertical forms
    0xFE30...0xFE6F,  // CJK compatibility forms and small forms
    0xFF01...0xFF60,  // fullwidth forms
    0xFFE0...0xFFE6,  // fullwidth signs
    0x16FE0...0x18DF2,  // Tangut and Khitan
    0x1AFF0...0x1B2FF,  // kana supplements and Nushu
    0x1F200...0x1F265,  // enclosed ideographs
    0x20000...0x3FFFD,  // further ideographs
  ]
}
