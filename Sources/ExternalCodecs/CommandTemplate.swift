package import BPBCore

/// A command with places for file names in it.
///
/// `{input}` and `{output}` may stand anywhere in a word, followed by a suffix: `{output}.zpaq`.
public struct CommandTemplate: Sendable, Equatable {
  package enum Placeholder: String {
    case input = "{input}"
    case output = "{output}"
  }

  /// The program and its arguments, unquoted, with placeholders; never empty.
  package let words: [String]
  /// Whether a shell runs the command, so that the program is not the one that the user wrote.
  let usesShell: Bool

  /// Reads a command.
  ///
  /// - Throws: `usage` if it is empty or cannot be split into words.
  package init(parsing text: Substring, usingShell usesShell: Bool) throws(BPBError) {
    let isBlank = text.unicodeScalars.allSatisfy(CommandSyntax.isBlank)
    words = usesShell && !isBlank ? ["/bin/sh", "-c", String(text)] : try CommandSyntax.words(text)
    guard !words.isEmpty else { throw BPBError(.usage, "a command is empty") }
    self.usesShell = usesShell
  }

  package func mentions(_ placeholder: Placeholder) -> Bool {
    words.contains { $0.contains(placeholder.rawValue) }
  }

  /// What follows the first mention of `placeholder` and can belong to a file name: `.zpaq`.
  package func suffix(of placeholder: Placeholder) -> String {
    for word in words {
      guard let place = word.firstRange(of: placeholder.rawValue) else { continue }
      return String(word[place.upperBound...].prefix(while: Self.belongsToName))
    }
    return ""
  }

  /// The words with file names in place of the placeholders.
  ///
  /// The names are ours and plain, so that a shell needs no quotes around them.
  package func words(input: String, output: String) -> [String] {
    words.map {
      $0.replacing(Placeholder.input.rawValue, with: input)
        .replacing(Placeholder.output.rawValue, with: output)
    }
  }

  static func belongsToName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "._-+".contains(character))
  }
}
