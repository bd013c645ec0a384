/// Text from outside, as it may be shown.
enum ShownText {
  /// `text` with U+FFFD for characters that documents do not have, or that reorder what follows.
  static func harmless(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0.unicodeScalars.append(harmless($1)) }
  }

  /// `scalar`, or U+FFFD in its place.
  static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A: scalar
    case 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"  // bidirectional overrides and isolates
    case 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
    }
  }
}
