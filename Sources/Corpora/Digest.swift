import BPBCore
import Crypto

/// A running SHA-256 (FIPS 180-4).
struct Digest {
  private var hasher = SHA256()

  mutating func update(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  /// Of all bytes so far, in hexadecimal.
  var hexadecimal: String { SafeText.hex(hasher.finalize()) }
}
