package import BPBCore

/// Splits command lines as a shell would: blanks separate words, `'…'` and `"…"` quote, a backslash
/// escapes. Nothing is expanded.
package enum CommandSyntax {
  /// The two sides of the first `;` outside quotes; nil if there is none.
  static func splitAtSemicolon(_ text: Substring) -> (encode: Substring, decode: Substring)? {
    var scanner = Scanner()
    let scalars = text.unicodeScalars
    let semicolon = scalars.indices.first { scanner.take(scalars[$0]) == .bare(";") }
    return semicolon.map { (text[..<$0], text[scalars.index(after: $0)...]) }
  }

  /// The words of `command`, unquoted.
  ///
  /// - Throws: `usage` for a quote that is not closed, or for what only a shell can do.
  package static func words(_ command: Substring) throws(BPBError) -> [String] {
    var scanner = Scanner()
    var words: [String] = []
    var current: String?
    for scalar in command.unicodeScalars {
      switch scanner.take(scalar) {
      case .bare(let blank) where isBlank(blank):
        words += current.map { [$0] } ?? []
        current = nil
      case .bare(let scalar) where "|&;<>$`".unicodeScalars.contains(scalar):
        throw BPBError(
          .usage, "'\(scalar)' means something to a shell only",
          advice: "quote it, or have a shell run the commands with --command-shell")
      case .bare(let scalar): current = (current ?? "") + String(scalar)
      case .quoted(let text): current = (current ?? "") + text
      case .mark: current = current ?? ""
      }
    }
    guard !scanner.isInside else {
      throw BPBError(.usage, "a quote is not closed, or a backslash ends the command")
    }
    return words + (current.map { [$0] } ?? [])
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n"
  }

  /// Knows, scalar by scalar, what stands inside quotes.
  private struct Scanner {
    enum Piece: Equatable {
      /// Outside quotes and not escaped: may separate.
      case bare(Unicode.Scalar)
      /// Text to take as it is.
      case quoted(String)
      /// A quote or a backslash: begins a word but is no part of it.
      case mark
    }

    private var quote: Unicode.Scalar?
    private var escaped = false

    var isInside: Bool { quote != nil || escaped }

    mutating func take(_ scalar: Unicode.Scalar) -> Piece {
      if escaped {
        escaped = false
        // Inside "…" a backslash that has nothing to escape stands for itself: tr -d "\n" works.
        let standsForItself = quote != nil && !"\"\\$`".unicodeScalars.contains(scalar)
        return .quoted((standsForItself ? "\\" : "") + String(scalar))
      }
      switch scalar {
      case "\\" where quote != "'": escaped = true
      case "'" where quote == nil, "\"" where quote == nil: quote = scalar
      case quote: quote = nil
      default: return quote == nil ? .bare(scalar) : .quoted(String(scalar))
      }
      return .mark
    }
  }
}
