public import BPBCore

/// What stands before the payload of a `.bpb` file; `docs/format.md` specifies it byte by byte.
public struct ContainerHeader: Sendable, Equatable {
  /// The version of the format that is written; readers refuse newer ones.
  public static let formatVersion: UInt8 = 1

  /// PNG's way: a byte that is not ASCII, the name, and line ends that a transfer as text changes.
  static let magic: [UInt8] = [0x89, 0x42, 0x50, 0x42, 0x0D, 0x0A, 0x1A, 0x0A]
  static let checksumSize = 8
  static let headerCheckSize = 4
  /// Most bytes of a method's name, and of its version.
  static let longestText = 1024

  /// Canonical name of the method. Comes from the file: escape it before printing.
  public let method: String
  /// Version of the method at the time of encoding; nil if it was not known. Escape it likewise.
  public let methodVersion: String?
  /// Raw bytes.
  public let byteCount: Int
  /// The first 8 bytes of the SHA-256 of the raw bytes.
  public internal(set) var checksum = [UInt8](repeating: 0, count: checksumSize)
  /// Bytes of the payload.
  public internal(set) var codedByteCount = 0

  /// A header to be completed when the payload is known.
  ///
  /// - Throws: `usage` if the method's name is longer than the format can hold.
  init(method: String, methodVersion: String?, byteCount: Int) throws(BPBError) {
    guard max(method.utf8.count, methodVersion?.utf8.count ?? 0) <= Self.longestText else {
      throw BPBError(
        .usage, "its name is longer than the \(Self.longestText) bytes that a .bpb file can hold",
        subject: "method '\(SafeText.escape(String(method.prefix(40))))…'")
    }
    self.method = method
    self.methodVersion = methodVersion
    self.byteCount = byteCount
  }

  /// Bytes of the header in a file.
  public var size: Int { serialised.count }

  /// The header as it stands in a file.
  var serialised: [UInt8] {
    var bytes = Self.magic + [Self.formatVersion, 0]
    for text in [method, methodVersion ?? ""] {
      bytes += Self.littleEndian(text.utf8.count, width: 2) + Array(text.utf8)
    }
    bytes += Self.littleEndian(byteCount, width: 8) + checksum
    bytes += Self.littleEndian(codedByteCount, width: 8)
    return bytes + Checksum.prefix(Self.headerCheckSize, of: bytes)
  }

  /// A sentence if `method` is not of the version that encoded, so that it may decode otherwise.
  public func versionWarning(decodingWith method: Method) -> String? {
    guard let made = methodVersion, let here = method.version, made != here else { return nil }
    return
      "it was made with version \(SafeText.escape(made)) of '\(SafeText.escape(self.method))', "
      + "and this is version \(SafeText.escape(here))"
  }

  private static func littleEndian(_ value: Int, width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
