/// Unsigned integers in groups of 7 bits, the lowest first, as in DWARF and protocol buffers.
public enum LEB128 {
  /// The most bytes of a field: what an `Int` needs.
  public static let mostBytes = 9

  /// The field of `value`, which is not negative: 1 to 9 bytes.
  public static func encode(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = UInt(value)
    repeat {
      let group = UInt8(rest & 0x7F)
      rest >>= 7
      bytes.append(rest == 0 ? group : group | 0x80)
    } while rest != 0
    return bytes
  }

  /// The value of a whole field; nil if it overflows or is longer than needed.
  public static func decode(_ bytes: [UInt8]) -> Int? {
    guard bytes.count <= mostBytes, bytes.count == 1 || bytes.last != 0 else { return nil }
    let value = bytes.enumerated().reduce(UInt(0)) {
      $0 | UInt($1.element & 0x7F) << (7 * $1.offset)
    }
    return Int(exactly: value)
  }

  /// The value of the field that begins at `position`, which is moved behind it; nil if there is none
  /// whole.
  public static func decode(_ bytes: Span<UInt8>, at position: inout Int) -> Int? {
    var field: [UInt8] = []
    while position < bytes.count && field.count < mostBytes {
      field.append(bytes[position])
      position += 1
      if field.last! < 0x80 { return decode(field) }
    }
    return nil
  }
}
