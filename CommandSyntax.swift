import BPBCore

/// Splits command lines as a shell would: blanks separate words, `'…'` and `"…"` quote, a backslash
/// escapes. Nothing is expanded.
enum CommandSyntax {
  /// The two sides of the first `;` outside quotes, trimmed; nil if there is none.
  static func splitAtSemicolon(_ text: Substring) -> (encode: Substring, decode: Substring)? {
    var scanner = Scanner()
    for index in text.unicodeScalars.indices {
      if scanner.take(text.unicodeScalars[index]) == .bare(";") {
        return (trim(text[..<index]), trim(text[index...].unicodeScalars.dropFirst()))
      }
    }
    return nil
  }

  /// The words of `command`, unquoted.
  ///
  /// - Throws: `usage` for a quote that is not closed, or for what only a shell can do.
  static func words(_ command: Substring) throws(BPBError) -> [String] {
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
          advice: "quote it, or add --command-shell")
      case .bare(let scalar): current = (current ?? "") + String(scalar)
      case .quoted(let text): current = (current ?? "") + text
      case .mark: current = current ?? ""
      }
    }
    guard !scanner.isOpen else {
      throw BPBError(.usage, "a quote is not closed, or a backslash ends the command")
    }
    return words + (current.map { [$0] } ?? [])
  }

  private static func trim<Text: BidirectionalCollection>(
    _ text: Text
  ) -> Substring where Text.SubSequence: BidirectionalCollection, Text: ScalarView {
    fatalError()
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n"
  }
}
