/// A JSON document in the making, whose members keep the order in which they are given.
public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Written in the shortest form that reads back as the same double; null if it is not finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Many numbers, each as `number` writes it, as many on a line as fit.
  case numbers([Double])
  case object([(name: String, value: JSONValue)])

  /// The value, or null.
  public static func optional(_ value: Int?) -> JSONValue { value.map(integer) ?? .null }
  /// The value, or null.
  public static func optional(_ value: Double?) -> JSONValue { value.map(number) ?? .null }
  /// The value, or null.
  public static func optional(_ value: String?) -> JSONValue { value.map(string) ?? .null }
  /// The value, or null.
  public static func optional(_ value: Bool?) -> JSONValue { value.map(bool) ?? .null }

  /// The document, indented by two, with a newline at its end.
  ///
  /// Arrays and objects of plain values that fit stand on one line. Characters that do not print are
  /// escaped, so that the text is safe on a terminal.
  public var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  /// The document on one line, without a newline at its end.
  public var line: String {
    if let line = oneLine { return line }
    let (open, items, close) = parts
    return open + items.map { $0.prefix + $0.value.line }.joined(separator: ", ") + close
  }
}

extension JSONValue {
  /// Longest line onto which a container of plain values is put.
  private static let lineLength = 100

  private func write(to text: inout String, indent: String) {
    if let line = oneLine, line.utf8.count + indent.utf8.count <= Self.lineLength || isPlain {
      text += line
      return
    }
    let inner = indent + "  "
    if case .numbers(let values) = self { return Self.write(values, to: &text, indent: indent) }
    let (open, items, close) = parts
    text += open
    for (index, item) in items.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + inner + item.prefix
      item.value.write(to: &text, indent: inner)
    }
    text += "\n" + indent + close
  }

  private var isPlain: Bool {
    switch self {
    case .array, .numbers, .object: false
    default: true
    }
  }

  private var parts: (open: String, items: [(prefix: String, value: JSONValue)], close: String) {
    switch self {
    case .array(let values): ("[", values.map { ("", $0) }, "]")
    case .object(let members):
      ("{", members.map { (Self.quoted($0.name) + ": ", $0.value) }, "}")
    default: ("", [("", self)], "")
    }
  }

  /// The value on one line; nil for a container of containers.
  private var oneLine: String? {
    switch self {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .number(let value): return value.isFinite ? "\(value)" : "null"
    case .string(let value): return Self.quoted(value)
    case .numbers(let values): return values.isEmpty ? "[]" : nil
    case .array, .object:
      let (open, items, close) = parts
      guard items.allSatisfy(\.value.isPlain) else { return nil }
      return open + items.map { $0.prefix + $0.value.oneLine! }.joined(separator: ", ") + close
    }
  }

  /// Numbers that are not boxed: there may be one for each byte of a file.
  private static func write(_ values: [Double], to text: inout String, indent: String) {
    text += "["
    var width = lineLength
    for (index, value) in values.enumerated() {
      let word = JSONValue.number(value).oneLine! + (index + 1 < values.count ? "," : "")
      width += 1 + word.utf8.count
      if width > lineLength {
        text += "\n" + indent + "  "
        width = indent.utf8.count + 2 + word.utf8.count
      } else {
        text += " "
      }
      text += word
    }
    text += "\n" + indent + "]"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.reduce(into: "", append) + "\""
  }

  private static func append(_ text: inout String, _ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
