extension HTMLPage {
  /// Text of a paragraph, some of it set apart. A string literal is one.
  public struct Phrase: Sendable, Equatable, ExpressibleByStringLiteral {
    /// A stretch of text in one style.
    public enum Piece: Sendable, Equatable {
      case text(String)
      /// A name or a command, to the letter.
      case code(String)
      case strong(String)
      /// Text that leads to the section of that anchor, on the same page.
      case link(String, anchor: String)
    }

    /// One after the other, blanks included.
    public var pieces: [Piece]

    /// A phrase of several pieces.
    public init(_ pieces: [Piece]) { self.pieces = pieces }
    /// Plain text.
    public init(_ text: String) { pieces = [.text(text)] }
    /// Plain text.
    public init(stringLiteral text: String) { self.init(text) }

    var isEmpty: Bool { pieces.isEmpty || self == "" }

    var markup: Markup {
      .joined(
        pieces.map { piece in
          switch piece {
          case .text(let text): .text(text)
          case .code(let text): .element("code", [], [.text(text)])
          case .strong(let text): .element("strong", [], [.text(text)])
          case .link(let text, let anchor):
            .element("a", [.init("href", "#" + anchor)], [.text(text)])
          }
        })
    }
  }
}
