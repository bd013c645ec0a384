import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The benchmark corpora, which a fresh clone does not have: tests that need them skip without.
public enum RealCorpora {
  /// The directory that `BPB_CORPORA` names, or the one beside a checkout; nil if there is none.
  public static let directory: String? = {
    let named = getenv("BPB_CORPORA").map { FilePath(String(cString: $0)) }
    let beside = packageDirectory.removingLastComponent().appending("shared/corpora")
    return [named, beside].compactMap { $0 }.first { (try? $0.stat().type) == .directory }?.string
  }()

  /// The package's own directory.
  private static let packageDirectory = FilePath(#filePath)
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// The bytes of a corpus file, as `calgary/book1`.
  public static func bytes(_ path: String) throws -> [UInt8] {
    let file = try FileDescriptor.open(FilePath("\(directory!)/\(path)"), .readOnly)
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
