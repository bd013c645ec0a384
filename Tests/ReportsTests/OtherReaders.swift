/// RFC 4180, read character by character.
func parseCSV(_ text: String) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field = ""
  var isQuoted = false
  var wasQuote = false
  for scalar in text.unicodeScalars where scalar != "\r" || isQuoted {
    switch (scalar, isQuoted) {
    case ("\"", _):
      if wasQuote && !isQuoted { field.unicodeScalars.append(scalar) }
      isQuoted.toggle()
    case (",", false):
      row.append(field)
      field = ""
    case ("\n", false):
      rows.append(row + [field])
      (row, field) = ([], "")
    default: field.unicodeScalars.append(scalar)
    }
    wasQuote = scalar == "\""
  }
  return rows
}

/// JSON as another reader sees it.
enum JSONTree: Decodable, Equatable, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(stringLiteral value: String) { self = .string(value) }
  init(_ value: String?) { self = value.map(Self.string) ?? .null }
  init(_ value: Double?) { self = value.map(Self.number) ?? .null }
  init(_ value: Int?) { self = value.map { .number(Double($0)) } ?? .null }
  init(_ value: Bool?) { self = value.map(Self.bool) ?? .null }

  /// The member of that name; null stands for none.
  subscript(name: String) -> JSONTree {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  var elements: [JSONTree] { if case .array(let elements) = self { elements } else { [] } }

  var names: [String] { if case .object(let members) = self { Array(members.keys) } else { [] } }
}
