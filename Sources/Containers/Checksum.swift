import BPBCore
import Crypto

/// The beginning of a SHA-256 over what streams by, and its length.
struct Checksum {
  private var hash = SHA256()
  private(set) var byteCount = 0

  mutating func update(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    byteCount += bytes.count
  }

  /// The first `count` bytes of the hash of everything so far.
  func prefix(_ count: Int) -> [UInt8] { Array(hash.finalize().prefix(count)) }

  static func prefix(_ count: Int, of bytes: [UInt8]) -> [UInt8] {
    var checksum = Checksum()
    checksum.update(bytes.span)
    return checksum.prefix(count)
  }
}
