import BPBCore

/// The lines of an ARPA file, one after another.
struct ARPALines {
  private let text: [UInt8]
  private var position = 0
  /// The number of the line last read, from 1.
  private(set) var number = 0

  init(_ text: [UInt8]) { self.text = text }

  /// Bytes of the whole file.
  var byteCount: Int { text.count }

  /// The next line that is not empty, without its end; nil if there is none.
  mutating func next() -> ArraySlice<UInt8>? {
    while position < text.count {
      let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      var line = text[position..<end]
      position = end + 1
      number += 1
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if !line.allSatisfy(Self.isSpace) { return line }
    }
    return nil
  }

  /// The next line's words.
  ///
  /// - Throws: `badData` if there is none.
  mutating func words(_ expected: String) throws(BPBError) -> [ArraySlice<UInt8>] {
    guard let line = next() else {
      throw BPBError(.badData, "the ARPA file ends after line \(number), before \(expected)")
    }
    return line.split(whereSeparator: Self.isSpace)
  }

  /// An error that happened on the line last read.
  func error(_ what: String) -> BPBError { Self.error(what, line: number) }

  static func error(_ what: String, line: Int) -> BPBError {
    BPBError(.badData, "line \(line) of the ARPA file \(what)")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
