import BPBCore
public import Corpora

/// What one cell measures a method on: a file, or all files as one stream.
public struct BlockSource: Sendable {
  /// Name as in records; nil for a stream of all files.
  public let path: String?
  /// Raw bytes.
  public let byteCount: Int
  /// SHA-256 of the file, or of the corpus.
  public let sha256: String
  private let files: [CorpusFile]

  /// One file.
  public init(file: CorpusFile) {
    path = file.name
    byteCount = file.byteCount
    sha256 = file.sha256
    files = [file]
  }

  /// All files of `corpus`, in order, as one stream.
  public init(stream corpus: Corpus) {
    path = nil
    byteCount = corpus.byteCount
    sha256 = corpus.sha256
    files = corpus.files
  }

  /// The sources of a corpus under `policy`, in corpus order.
  public static func all(of corpus: Corpus, policy: BlockPolicy) -> [BlockSource] {
    guard policy == .solid else { return corpus.files.map(BlockSource.init(file:)) }
    return corpus.files.isEmpty ? [] : [BlockSource(stream: corpus)]
  }

  /// Streams the bytes through `body` in pieces.
  ///
  /// - Throws: `noInput` or `inputOutput` when a file cannot be read or changes meanwhile.
  func read(_ body: ByteSink) throws(BPBError) {
    for file in files { try file.read(body) }
  }
}
