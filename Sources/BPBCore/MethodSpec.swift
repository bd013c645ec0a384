/// A method name as it was written: `name[:value][:key=value…]`.
///
/// Values that contain `:`, `,`, `=` or blanks are quoted with `"…"` (a backslash escapes the next
/// character inside quotes); a nested method stands in brackets: `mix:neural=[gru:width=256]`.
public struct MethodSpec: Sendable, Equatable, CustomStringConvertible {
  /// One value: plain text, or a nested method name.
  public struct Value: Sendable, Equatable, CustomStringConvertible {
    /// The text without quotes or brackets.
    public var text: String
    /// Whether it stood in brackets and is a method name itself.
    public var isNested: Bool

    /// Creates a value from its bare text.
    public init(_ text: String, isNested: Bool = false) {
      self.text = text
      self.isNested = isNested
    }

    public var description: String {
      if isNested { return "[\(text)]" }
      let plain = !text.isEmpty && !text.contains { ":,=\"[]\\".contains($0) || $0.isWhitespace }
      return plain ? text : "\"" + text.reduce(into: "", Self.escape) + "\""
    }

    private static func escape(_ result: inout String, _ character: Character) {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
  }

  /// A `key=value` pair.
  public struct Option: Sendable, Equatable {
    public var key: String
    public var value: Value

    /// Creates a pair.
    public init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }

  public var name: String
  /// The value without a key that may follow the name.
  public var value: Value?
  public var options: [Option]

  /// Creates a spec from its parts.
  public init(name: String, value: Value? = nil, options: [Option] = []) {
    self.name = name
    self.value = value
    self.options = options
  }

  /// Reads one method name.
  ///
  /// - Throws: `usage` for an empty name, unbalanced quotes or brackets, or a second bare value.
  public init(parsing text: String) throws(BPBError) {
    let fields = try MethodSyntax.split(text, at: ":")
    guard let name = fields.first.flatMap({ $0.text.isEmpty ? nil : $0.text }) else {
      throw MethodSyntax.error("a method name is empty", in: text)
    }
    guard !name.contains("=") else {
      throw MethodSyntax.error("an option stands before the method name", in: text)
    }
    self.init(name: name)
    for (position, field) in fields.dropFirst().enumerated() {
      try add(field, isFirst: position == 0, of: text)
    }
  }

  /// Reads a list of method names separated by commas outside quotes and brackets.
  public static func parseList(_ text: String) throws(BPBError) -> [MethodSpec] {
    var specs: [MethodSpec] = []
    for field in try MethodSyntax.split(text, at: ",") {
      specs.append(try MethodSpec(parsing: field.text))
    }
    return specs
  }

  public var description: String {
    ([name] + (value.map { [$0.description] } ?? []) + options.map { "\($0.key)=\($0.value)" })
      .joined(separator: ":")
  }

  private mutating func add(
    _ field: MethodSyntax.Field, isFirst: Bool, of text: String
  ) throws(BPBError) {
    if let (key, rest) = field.pair {
      guard !key.isEmpty else { throw MethodSyntax.error("an option has no name", in: text) }
      guard !options.contains(where: { $0.key == key }) else {
        throw MethodSyntax.error("option '\(key)' is given twice", in: text)
      }
      options.append(Option(key: key, value: try MethodSyntax.value(rest, in: text)))
    } else {
      guard isFirst else {
        throw MethodSyntax.error(
          "'\(field.text)' needs a name, as in key=\(field.text)", in: text)
      }
      value = try MethodSyntax.value(field.text, in: text)
    }
  }
}
