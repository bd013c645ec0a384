import BPBCore

/// What a program said last.
enum Complaint {
  /// The last line of `file` that is not blank, safe to print and at most 200 characters; nil if
  /// there is none.
  static func lastLine(of file: borrowing OpenFile) -> String? {
    guard let text = try? file.tail() else { return nil }
    let lines = text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    let line = lines.last { $0.contains { $0 > UInt8(ascii: " ") } }
    return line.map { String(SafeText.escape(bytes: $0).prefix(200)) }
  }
}
