/// Text that came from outside, made safe to print: no control characters, no terminal escapes, no
/// bytes that are not UTF-8, no characters that reorder what follows.
public enum SafeText {
  /// `bytes` as text in which everything unprintable stands as `\xNN` and a backslash as `\\`.
  ///
  /// The result is unambiguous: different bytes give different text.
  public static func escape(bytes: some Sequence<UInt8>) -> String {
    var decoder = UTF8()
    var iterator = Peekable(bytes.makeIterator())
    var result = ""
    while let first = iterator.peek() {
      let length = UTF8.width(first)
      let pending = iterator.take(length)
      var input = pending.makeIterator()
      if case .scalarValue(let scalar) = decoder.decode(&input), isPrintable(scalar) {
        result.unicodeScalars.append(scalar)
        if scalar == "\\" { result.append("\\") }
      } else {
        appendHex(pending, to: &result, pushingBackInto: &iterator)
      }
      decoder = UTF8()
    }
    return result
  }

  /// `text` with everything unprintable escaped as in `escape(bytes:)`.
  public static func escape(_ text: String) -> String { escape(bytes: text.utf8) }

  /// The bytes that `escape(bytes:)` was given; nil if `text` is not of its making.
  public static func unescape(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "\\"): result.append(byte)
      case UInt8(ascii: "x"):
        guard rest.count >= 2, let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16) else {
          return nil
        }
        result.append(value)
        rest = rest.dropFirst(2)
      default: return nil
      }
    }
    return result
  }

  /// Hexadecimal digits of `bytes`, lower case.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
  }

  private static func appendHex(
    _ pending: [UInt8], to result: inout String,
    pushingBackInto iterator: inout Peekable<some IteratorProtocol<UInt8>>
  ) {
    // A whole scalar that must not be printed is escaped whole; of a broken one only the first byte,
    // so that what follows is read afresh.
    let whole = String(validating: pending, as: UTF8.self) != nil
    for byte in whole ? pending[...] : pending.prefix(1) { result += "\\x" + hex([byte]) }
    if !whole { iterator.pushBack(pending.dropFirst()) }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      false
    default: true
    }
  }

  private struct Peekable<Base: IteratorProtocol<UInt8>> {
    private var base: Base
    private var buffer: [UInt8] = []

    init(_ base: Base) { self.base = base }

    mutating func peek() -> UInt8? {
      if buffer.isEmpty, let next = base.next() { buffer.append(next) }
      return buffer.first
    }

    mutating func take(_ count: Int) -> [UInt8] {
      while buffer.count < count, let next = base.next() { buffer.append(next) }
      defer { buffer.removeFirst(min(count, buffer.count)) }
      return Array(buffer.prefix(count))
    }

    mutating func pushBack(_ bytes: ArraySlice<UInt8>) { buffer = bytes + buffer }
  }
}

extension UTF8 {
  /// Bytes that a scalar beginning with `lead` occupies; 1 for bytes that begin none.
  static func width(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
