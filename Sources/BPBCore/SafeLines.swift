/// A text that comes in pieces, made safe to print as it comes: its lines and tabs stay, everything else that `SafeText`
/// escapes is escaped. A character that a piece cuts waits for the next one.
public struct SafeLines {
  private var waiting: [UInt8] = []
  private var isInLine = false

  /// Nothing so far.
  public init() {}

  /// What can be printed once `bytes` are there.
  public mutating func add(_ bytes: Span<UInt8>) -> String {
    waiting.append(bytes)
    let whole = waiting.count - Self.cutCount(waiting)
    let text = Self.safe(waiting[..<whole])
    waiting.removeFirst(whole)
    if let last = text.last { isInLine = last != "\n" }
    return text
  }

  /// What is left to print when nothing more comes: a character that was never whole, and the end of the last line.
  public mutating func finish() -> String {
    let rest = Self.safe(waiting[...])
    waiting = []
    return isInLine || !rest.isEmpty ? rest + "\n" : ""
  }

  /// How many bytes at the end begin a character that is not whole.
  private static func cutCount(_ bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      let byte = bytes[bytes.count - count]
      guard UTF8.isContinuation(byte) else { return UTF8.width(byte) > count ? count : 0 }
    }
    return 0
  }

  private static func safe(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    var start = bytes.startIndex
    for index in bytes.indices where kept.contains(bytes[index]) {
      text += SafeText.escape(bytes: bytes[start..<index])
      text.unicodeScalars.append(Unicode.Scalar(bytes[index]))
      start = index + 1
    }
    return text + SafeText.escape(bytes: bytes[start...])
  }

  /// A backslash stays one: this is for reading, not for reading back.
  private static let kept = Array("\n\t\\".utf8)
}
