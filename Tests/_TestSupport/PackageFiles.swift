import SystemPackage

/// Files of the package itself: samples, and what other implementations measured.
public enum PackageFiles {
  /// The package's own directory.
  static let directory = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// The bytes of a file, as `samples/prose-en.txt`.
  public static func bytes(_ path: String) throws -> [UInt8] {
    try bytes(at: directory.appending(path))
  }

  /// The bytes of the file at `path`.
  static func bytes(at path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
        guard count > 0 else { return bytes }
        bytes += piece.prefix(count)
      }
    }
  }
}
