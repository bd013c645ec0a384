public import BPBCore

/// What is measured: files in order, and what was met on the way to them.
public struct Corpus: Sendable {
  /// In the order in which they are measured and, as one stream, concatenated.
  public let files: [CorpusFile]
  /// Raw bytes of all files.
  public let byteCount: Int
  /// SHA-256, in hexadecimal, over the lines `<sha256>  <name>\n` of all files in order: what
  /// `sha256sum` would print of them, hashed.
  public let sha256: String
  /// Entries that could not be read or walked; the corpus is the rest.
  public let problems: [BPBError]
  /// Sentences about what was left out on purpose, already safe to print.
  public let notices: [String]

  /// A corpus of `files`.
  public init(files: [CorpusFile], problems: [BPBError] = [], notices: [String] = []) {
    self.files = files
    self.problems = problems
    self.notices = notices
    byteCount = files.reduce(0) { $0 + $1.byteCount }
    var digest = Digest()
    for file in files {
      let line = Array("\(file.sha256)  \(file.name)\n".utf8)
      digest.update(line.span)
    }
    sha256 = digest.hexadecimal
  }
}
