/// A piece of XML or HTML in which all text from outside is escaped.
///
/// There is no way to make one of a string but `text`, and to name an element or an attribute but a
/// literal, so what a file is called can never become markup.
struct Markup: Sendable, Equatable {
  /// The markup as text.
  let source: String

  /// Nothing.
  static let none = Markup(source: "")

  /// `text` as it is to be read.
  static func text(_ text: String) -> Markup { Markup(source: escaped(text)) }

  /// Markup that stands in the program's own source.
  static func literal(_ literal: StaticString) -> Markup {
    Markup(source: literal.description)
  }

  /// An element around `content`; attributes without a value are left out.
  static func element(
    _ name: StaticString, _ attributes: [Attribute] = [], _ content: [Markup] = []
  ) -> Markup {
    Markup(source: "<\(name)\(attributes.source)>" + content.source + "</\(name)>")
  }

  /// The same, with its content on lines of its own, where blanks mean nothing.
  static func block(
    _ name: StaticString, _ attributes: [Attribute] = [], _ content: [Markup] = []
  ) -> Markup {
    let lines = content.filter { !$0.source.isEmpty }.map { $0.source + "\n" }.joined()
    return Markup(source: "<\(name)\(attributes.source)>\n" + lines + "</\(name)>")
  }

  /// An element without content.
  static func empty(_ name: StaticString, _ attributes: [Attribute] = []) -> Markup {
    Markup(source: "<\(name)\(attributes.source)/>")
  }

  /// Custom properties of a style sheet's root.
  static func properties(_ colours: [(name: String, colour: Colour)]) -> Markup {
    let lines = colours.map { "--\($0.name): \($0.colour.text);" }
    return Markup(source: ":root { " + lines.joined(separator: " ") + " }\n")
  }

  /// All of `pieces`, one after the other.
  static func joined(_ pieces: [Markup]) -> Markup { Markup(source: pieces.source) }

  private init(source: String) { self.source = source }
}

extension Markup {
  /// A name and a value; the value may hold anything.
  struct Attribute: Sendable, Equatable {
    let source: String

    /// An attribute; it is left out if `value` is nil.
    init(_ name: StaticString, _ value: String?) {
      source = value.map { " \(name)=\"\(Markup.escaped($0))\"" } ?? ""
    }

    init(_ name: StaticString, _ value: Double) { self.init(name, Coordinate.text(value)) }
  }

  /// Scalar by scalar: a `<` with a combining mark on it is a `<` to whoever reads this.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(ShownText.harmless(scalar))
      }
    }
  }
}

extension [Markup] {
  fileprivate var source: String { map(\.source).joined() }
}

extension [Markup.Attribute] {
  fileprivate var source: String { map(\.source).joined() }
}
