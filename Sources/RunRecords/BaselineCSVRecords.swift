/// The records of comma-separated values after RFC 4180, one by one; strict about quotes.
struct CSVRecords {
  /// Why text is not CSV; completes "line 3 …".
  enum Damage: String, Error {
    case cut = "is cut short: it has no end"
    case openQuote = "begins with a record whose quote is not closed"
    case strayQuote = "has a quote inside a field that is not quoted"
    case afterQuote = "has text between a closing quote and the next comma"
    case bareReturn = "has a carriage return that ends no line"
  }

  struct Record {
    /// Number of the line that it begins on, from 1.
    let line: Int
    let fields: [String]
  }

  /// Number of the line that the next record begins on.
  private(set) var line = 1
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  /// The next record; nil after the last.
  mutating func next() throws(Damage) -> Record? {
    guard !rest.isEmpty else { return nil }
    let first = line
    var fields: [String] = []
    while true {
      fields.append(try rest.first == UInt8(ascii: "\"") ? quotedField() : plainField())
      switch rest.popFirst() {
      case UInt8(ascii: ","): continue
      case UInt8(ascii: "\r"):
        guard rest.popFirst() == UInt8(ascii: "\n") else { throw .bareReturn }
      case UInt8(ascii: "\n"): break
      case nil: throw .cut
      default: throw .afterQuote
      }
      line += 1
      return Record(line: first, fields: fields)
    }
  }

  private mutating func plainField() throws(Damage) -> String {
    let field = rest.prefix { !",\r\n".utf8.contains($0) }
    guard !field.contains(UInt8(ascii: "\"")) else { throw .strayQuote }
    rest = rest[field.endIndex...]
    return String(decoding: field, as: UTF8.self)
  }

  private mutating func quotedField() throws(Damage) -> String {
    var bytes: [UInt8] = []
    rest.removeFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") {
        guard rest.first == byte else { return String(decoding: bytes, as: UTF8.self) }
        rest.removeFirst()
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      bytes.append(byte)
    }
    throw .openQuote
  }
}
