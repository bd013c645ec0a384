public import BPBCore
import Crypto

extension ModelBytes {
  /// SHA-256 of all the bytes, in hexadecimal.
  public var sha256: String {
    withExtendedLifetime(self) {
      SafeText.hex(Array(SHA256.hash(data: UnsafeRawBufferPointer(buffer))))
    }
  }
}
