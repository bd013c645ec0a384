/// The characters of UTF-8 that bytes make up. What is no UTF-8, and whatever is no text, is a character byte by byte.
struct CharacterReader {
  /// Bytes of the character that is being written, the last one lowest; 0 between characters.
  private(set) var begun: UInt64 = 0
  /// How many bytes that character lacks.
  private(set) var missing = 0
  /// The code point of the character that the last byte has ended, or the byte itself.
  private(set) var last: UInt64 = 0
  /// The byte that turned out to be a character of its own when the last one came, since nothing went on with it.
  private(set) var stray: UInt64?
  /// Whether the last byte went on with a character.
  private(set) var hasGoneOn = false

  /// Whether the last byte has ended a character.
  @inline(__always)
  var isComplete: Bool { missing == 0 }

  @inline(__always)
  mutating func take(_ byte: UInt8, isData: Bool) {
    hasGoneOn = missing > 0 && byte & 0xC0 == 0x80 && !isData
    stray = missing > 0 && !hasGoneOn ? begun & 0xFF : nil
    if hasGoneOn {
      missing &-= 1
      begun = begun &<< 8 | UInt64(byte)
    } else {
      missing = byte < 0xC0 || isData ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
      begun = UInt64(byte)
    }
    guard missing == 0 else { return }
    last = hasGoneOn ? Self.codePoint(begun) : UInt64(byte)
    begun = 0
  }

  private static func codePoint(_ bytes: UInt64) -> UInt64 {
    let low = bytes & 0x3F | bytes &>> 2 & 0xFC0
    if bytes < 0x1_0000 { return low & 0x7FF }
    if bytes < 0x100_0000 { return low | bytes &>> 4 & 0xF000 }
    return low | bytes &>> 4 & 0x3_F000 | bytes &>> 6 & 0x1C_0000
  }
}
