public import BPBCore

/// A compressor that is a program: a name, a command that encodes and one that decodes.
///
/// Written `NAME=ENCODE; DECODE`. A command without `{input}` gets its bytes on standard input; the
/// standard output of one without `{output}` is its result: `gzip9=gzip -9 -c; gzip -dc`. Otherwise
/// the placeholders stand for files in a private directory, in which the command runs:
/// `zpaq5=zpaq a {output}.zpaq {input} -m5; zpaq x {input}.zpaq -to {output}`.
///
/// The result is the one file whose name begins with what `{output}` stood for, or the one file in a
/// directory of that name; its size is the coded size. To decode it, nothing is there but that file,
/// under the name that `{input}` and the suffix written after it make. Since commands run in a
/// directory of their own, other files that they need are named by their absolute paths.
public struct ExternalCommand: Sendable, Equatable {
  /// The name of the method.
  public let name: String
  /// Turns raw bytes into coded ones.
  public let encode: CommandTemplate
  /// Turns coded bytes into raw ones.
  public let decode: CommandTemplate

  /// Reads `NAME=ENCODE; DECODE`, split at the first `;` outside quotes.
  ///
  /// - Parameter usesShell: have `/bin/sh -c` run the commands; otherwise they are split into words
  ///   as a shell would, with `'…'`, `"…"` and backslashes, and nothing is expanded.
  /// - Throws: `usage`, with what is wrong.
  public init(parsing text: String, usingShell usesShell: Bool = false) throws(BPBError) {
    do throws(BPBError) {
      let (name, commands) = try Self.splitName(text)
      guard let (encode, decode) = CommandSyntax.splitAtSemicolon(commands) else {
        throw BPBError(.usage, "there is no ';' between a command to encode and one to decode")
      }
      self.name = name
      self.encode = try CommandTemplate(parsing: encode, usingShell: usesShell)
      self.decode = try CommandTemplate(parsing: decode, usingShell: usesShell)
    } catch {
      var error = error.about("--command '\(SafeText.escape(text))'")
      error.advice =
        error.advice ?? "it is NAME=ENCODE; DECODE, as in 'gzip9=gzip -9 -c; gzip -dc'"
      throw error
    }
  }

  private static func splitName(
    _ text: String
  ) throws(BPBError) -> (name: String, commands: Substring) {
    guard let equals = text.firstIndex(of: "=") else {
      throw BPBError(.usage, "there is no '=' after a name")
    }
    let name = text[..<equals]
    guard let first = name.first, first.isASCII, first.isLetter,
      name.allSatisfy(CommandTemplate.belongsToName)
    else {
      throw BPBError(
        .usage, "'\(SafeText.escape(String(name)))' cannot be a method's name",
        advice: "a name is a letter, then letters, digits, '.', '_', '-' or '+'")
    }
    return (String(name), text[text.index(after: equals)...])
  }
}
