package import BPBCore
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Finds programs as a shell does.
package enum Programs {
  /// The absolute path of the program called `name`.
  ///
  /// A name with a `/` is a path from here; any other is looked for in the directories of PATH.
  /// - Throws: `usage` if there is none.
  package static func find(_ name: String) throws(BPBError) -> FilePath {
    if name.contains("/") {
      let path = absolute(FilePath(name))
      guard isExecutable(path) else {
        throw BPBError(
          .usage, "there is no program '\(SafeText.escape(name))'", advice: "check its path")
      }
      return path
    }
    for directory in searchPath.split(separator: ":", omittingEmptySubsequences: false) {
      let path = absolute(FilePath(String(directory)).appending(name))
      if isExecutable(path) { return path }
    }
    throw BPBError(
      .usage, "there is no program '\(SafeText.escape(name))' on the PATH",
      advice: "install it or give its path")
  }

  /// Bytes of the file at `path`, links followed.
  static func size(of path: FilePath) -> Int? { (try? path.stat()).map { Int($0.size) } }

  private static var searchPath: String { getenv("PATH").map { String(cString: $0) } ?? "" }

  /// Commands run elsewhere, so that a relative path must be completed first.
  private static func absolute(_ path: FilePath) -> FilePath {
    guard path.isRelative, let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return FilePath(platformString: here).pushing(path)
  }

  private static func isExecutable(_ path: FilePath) -> Bool {
    guard (try? path.stat())?.type == .regular else { return false }
    return path.withPlatformString { access($0, X_OK) } == 0
  }
}
