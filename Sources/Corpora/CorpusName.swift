import BPBCore
public import SystemPackage

/// How the inputs of a corpus are called: in tables, records, baselines and messages.
public enum CorpusName {
  /// The name of standard input.
  public static let standardInput = "-"

  /// First characters that would make a name a formula, an option, a comment or a home directory to
  /// the programs that read what we print.
  private static let troublesome: Set<Unicode.Scalar> = [
    "=", "-", "+", "@", "~", "#", "＝", "－", "＋", "＠",
  ]

  /// The name of `path`: its bytes as `SafeText` writes them, without `.` components, and with `./`
  /// in front where the first character is blank or has a meaning to spreadsheets or shells.
  ///
  /// Different files have different names, and `SafeText.unescape` leads back to the path.
  public static func display(of path: FilePath) -> String {
    let name = SafeText.escape(bytes: withoutCurrentDirectory(path.bytes))
    guard let first = name.unicodeScalars.first else { return "." }
    return troublesome.contains(first) || first.properties.isWhitespace ? "./" + name : name
  }

  /// The path without its `.` components; `..` stays, as what it means may depend on links.
  private static func withoutCurrentDirectory(_ path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let components = path.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
    return (path.first == slash ? [slash] : []) + components.joined(separator: [slash])
  }
}

extension FilePath {
  /// The bytes as the file system knows them, of any encoding.
  var bytes: [UInt8] {
    withPlatformString { text in
      Array(UnsafeRawBufferPointer(start: text, count: Platform.length(text)))
    }
  }
}
