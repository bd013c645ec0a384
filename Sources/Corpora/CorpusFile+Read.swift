public import BPBCore
import SystemPackage

extension CorpusFile {
  /// Bytes that are read at a time: small beside any cache, large beside a system call.
  public static let pieceSize = 1 << 18

  /// Hands the content to `body` from its first byte to its last, in pieces of at most `pieceSize`
  /// bytes.
  ///
  /// - Throws: `inputOutput` when the file is no longer the one that was hashed, at the latest after
  ///   the last piece; `noInput` when it is gone; whatever `body` throws.
  public func read(pieceSize: Int = pieceSize, _ body: ByteSink) throws(BPBError) {
    switch content {
    case .memory(let bytes):
      for start in stride(from: 0, to: bytes.count, by: pieceSize) {
        try body(bytes.span.extracting(start..<min(start + pieceSize, bytes.count)))
      }
    case .path(let path, let identity):
      let reader = try FileReader(path, name: name)
      guard reader.identity == identity else { throw .changed(name) }
      try reader.read(pieceSize: pieceSize, body)
    }
  }

  /// Reads and hashes the file at `path`.
  init(name: String, hashing path: FilePath) throws(BPBError) {
    let reader = try FileReader(path, name: name)
    var digest = Digest()
    try reader.read(pieceSize: Self.pieceSize) { digest.update($0) }
    self.init(name: name, path: path, identity: reader.identity, sha256: digest.hexadecimal)
  }

  /// Reads standard input to its end, into memory.
  static func standardInput() throws(BPBError) -> CorpusFile {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: pieceSize)
    do {
      while case let count = try buffer.withUnsafeMutableBytes({
        try FileDescriptor.standardInput.read(into: $0)
      }), count > 0 {
        bytes.append(buffer.span.extracting(first: count))
      }
    } catch {
      throw .readFailed("standard input", error)
    }
    return CorpusFile(name: CorpusName.standardInput, bytes: bytes)
  }
}
