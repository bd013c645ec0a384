/// The lexical side of method names: splitting outside quotes and brackets, and unquoting.
enum MethodSyntax {
  /// A piece of a method name, still quoted.
  struct Field {
    var text: String

    /// Key and value when the field has a `=` outside quotes and brackets.
    var pair: (key: String, value: String)? {
      guard let equals = MethodSyntax.firstEquals(text) else { return nil }
      return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
  }

  /// Methods within methods: more than anybody needs, little enough for the stack.
  private static let maximumDepth = 16

  static func error(_ problem: String, in text: String) -> BPBError {
    BPBError(
      .usage, problem, subject: "method '\(SafeText.escape(text))'",
      advice: "a method is name[:value][:key=value…], as in zlib:9 or ngram:order=5:memory=64MiB")
  }

  /// Splits `text` at `separator` wherever that stands outside quotes and brackets.
  static func split(_ text: String, at separator: Character) throws(BPBError) -> [Field] {
    var fields: [Field] = []
    var current = ""
    var scanner = Scanner()
    for character in text {
      if scanner.isOutside && character == separator {
        fields.append(Field(text: current))
        current = ""
      } else {
        current.append(character)
      }
      scanner.take(character)
      guard scanner.depth <= maximumDepth else {
        throw error("methods are nested more than \(maximumDepth) deep", in: text)
      }
    }
    guard scanner.isOutside else { throw error("a quote or bracket is not closed", in: text) }
    return fields + [Field(text: current)]
  }

  /// The bare value of a field that may be quoted or bracketed.
  static func value(_ field: String, in text: String) throws(BPBError) -> MethodSpec.Value {
    if field.hasPrefix("["), field.hasSuffix("]"), field.count >= 2 {
      let inner = String(field.dropFirst().dropLast())
      _ = try MethodSpec(parsing: inner)
      return MethodSpec.Value(inner, isNested: true)
    }
    guard field.hasPrefix("\"") else {
      guard !field.isEmpty else { throw error("a value is empty", in: text) }
      return MethodSpec.Value(field)
    }
    return MethodSpec.Value(unquote(field))
  }

  private static func unquote(_ field: String) -> String {
    var result = ""
    var escaped = false
    for character in field {
      if !escaped && (character == "\\" || character == "\"") {
        escaped = character == "\\"
      } else {
        result.append(character)
        escaped = false
      }
    }
    return result
  }

  private static func firstEquals(_ text: String) -> String.Index? {
    var scanner = Scanner()
    for index in text.indices {
      if scanner.isOutside && text[index] == "=" { return index }
      scanner.take(text[index])
    }
    return nil
  }

  /// Knows, character by character, whether it stands inside quotes or brackets.
  private struct Scanner {
    private(set) var depth = 0
    private var quoted = false
    private var escaped = false

    var isOutside: Bool { depth == 0 && !quoted }

    mutating func take(_ character: Character) {
      if quoted {
        if !escaped && character == "\"" { quoted = false }
        escaped = !escaped && character == "\\"
        return
      }
      switch character {
      case "\"": quoted = true
      case "[": depth += 1
      case "]": depth -= 1
      default: break
      }
    }
  }
}
