import BPBCore
import SystemPackage

/// A regular file that is open for reading from its beginning.
///
/// Read with `read`, never mapped: a mapped file that shrinks would kill the process.
struct FileReader: ~Copyable {
  private let descriptor: FileDescriptor
  private let name: String
  /// As the file was when it was opened.
  let identity: FileIdentity

  /// Opens `path`, which `name` names in errors; never waits, not even for a FIFO.
  init(_ path: FilePath, name: String) throws(BPBError) {
    let opened: FileDescriptor
    let status: Stat
    do {
      opened = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    } catch {
      throw .unreadable(name, error)
    }
    do {
      status = try opened.stat()
      guard status.type == .regular else { throw BPBError.notAFile(name) }
    } catch {
      try? opened.close()
      throw .unreadable(name, error)
    }
    descriptor = opened
    identity = FileIdentity(status)
    self.name = name
  }

  deinit { try? descriptor.close() }

  /// Hands the content to `body` in pieces of at most `pieceSize` bytes, through one buffer.
  ///
  /// - Throws: `inputOutput` unless exactly the bytes of an unchanged file were read.
  borrowing func read(pieceSize: Int, _ body: ByteSink) throws(BPBError) {
    // Small files get small buffers, but none so small that a growing file would go unnoticed.
    var buffer = [UInt8](repeating: 0, count: min(pieceSize, max(identity.byteCount, 1)))
    var remaining = identity.byteCount
    while true {
      let count = try readPiece(into: &buffer)
      guard count <= remaining else { throw .changed(name) }
      guard count > 0 else { break }
      remaining -= count
      try body(buffer.span.extracting(first: count))
    }
    guard remaining == 0, try currentIdentity() == identity else { throw .changed(name) }
  }

  private borrowing func readPiece(into buffer: inout [UInt8]) throws(BPBError) -> Int {
    do {
      return try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
    } catch {
      throw .readFailed(name, error)
    }
  }

  private borrowing func currentIdentity() throws(BPBError) -> FileIdentity {
    do {
      return FileIdentity(try descriptor.stat())
    } catch {
      throw .readFailed(name, error)
    }
  }
}
