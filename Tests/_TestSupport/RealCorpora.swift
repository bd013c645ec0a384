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
    let beside = PackageFiles.directory.removingLastComponent().appending("shared/corpora")
    return [named, beside].compactMap { $0 }.first { (try? $0.stat().type) == .directory }?.string
  }()

  /// The bytes of a corpus file, as `calgary/book1`.
  public static func bytes(_ path: String) throws -> [UInt8] {
    try PackageFiles.bytes(at: FilePath("\(directory!)/\(path)"))
  }
}
