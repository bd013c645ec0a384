public import SystemPackage

/// One input of a corpus: a file as it was when it was hashed, or bytes in memory.
public struct CorpusFile: Sendable, Equatable {
  /// Where the bytes are.
  public enum Content: Sendable, Equatable {
    /// In a file, which must still be the one that was hashed.
    case path(FilePath, FileIdentity)
    case memory([UInt8])
  }

  /// The name to print, as `CorpusName` writes it.
  public let name: String
  /// Raw bytes.
  public let byteCount: Int
  /// SHA-256 of the raw bytes, in hexadecimal.
  public let sha256: String
  public let content: Content

  /// An input that is held in memory.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    var digest = Digest()
    digest.update(bytes.span)
    byteCount = bytes.count
    sha256 = digest.hexadecimal
    content = .memory(bytes)
  }

  init(name: String, path: FilePath, identity: FileIdentity, sha256: String) {
    self.name = name
    self.sha256 = sha256
    byteCount = identity.byteCount
    content = .path(path, identity)
  }
}

/// What tells a file from another, and from itself once it has changed.
public struct FileIdentity: Sendable, Equatable {
  let device: UInt64
  let inode: UInt64
  let byteCount: Int
  let seconds: Int
  let nanoseconds: Int

  init(_ status: Stat) {
    device = UInt64(truncatingIfNeeded: status.deviceID.rawValue)
    inode = UInt64(truncatingIfNeeded: status.inode.rawValue)
    byteCount = Int(status.size)
    (seconds, nanoseconds) = Platform.modificationTime(status)
  }
}

extension FileIdentity {
  /// What stands at `path` now; nil if nothing does.
  public init?(of path: FilePath) {
    guard let status = try? path.stat() else { return nil }
    self.init(status)
  }

  /// Whether both are one file, whatever was written to it meanwhile.
  public func isSameFile(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode
  }
}
