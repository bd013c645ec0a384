import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Golden texts: `Tests/Snapshots/<target>/<name>.txt`, beside the targets so that the package manager
/// does not take them for unhandled sources.
///
/// A missing text is written and fails the test, so that no test passes by recording; so does a run
/// with `BPB_RECORD_SNAPSHOTS=1`, which writes them all anew.
public enum Snapshot {
  /// What is wrong with `text`; nil if it is what the snapshot `name` holds.
  ///
  /// - Parameter file: the test's source file, from which its target is known.
  public static func failure(
    of text: String, named name: String, file: String = #filePath
  ) -> String? {
    let path = path(of: name, for: FilePath(file))
    let isRecording = getenv("BPB_RECORD_SNAPSHOTS").map { String(cString: $0) } == "1"
    do {
      if !isRecording, let expected = try contents(of: path) {
        return expected == Array(text.utf8) ? nil : difference(of: text, from: expected, at: path)
      }
      try write(text, to: path)
      return "snapshot \(path) has been written; read it, then run the test again"
    } catch {
      return "snapshot \(path): \(error)"
    }
  }

  private static func path(of name: String, for file: FilePath) -> FilePath {
    var parts: [FilePath.Component] = []
    var root = file.removingLastComponent()
    while let last = root.lastComponent, last.string != "Tests" {
      parts.insert(last, at: 0)
      root.removeLastComponent()
    }
    return root.appending("Snapshots").appending(parts.prefix(1)).appending(name + ".txt")
  }

  private static func contents(of path: FilePath) throws -> [UInt8]? {
    do {
      let file = try FileDescriptor.open(path, .readOnly)
      return try file.closeAfter {
        var bytes = [UInt8](repeating: 0, count: Int(try file.stat().size))
        let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
        return Array(bytes.prefix(count))
      }
    } catch Errno.noSuchFileOrDirectory {
      return nil
    }
  }

  private static func write(_ text: String, to path: FilePath) throws {
    for directory in [
      path.removingLastComponent().removingLastComponent(), path.removingLastComponent(),
    ] {
      _ = directory.withPlatformString { mkdir($0, 0o755) }
    }
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    _ = try file.closeAfter { try file.writeAll(text.utf8) }
  }

  /// The first line that differs, and the whole text.
  private static func difference(
    of text: String, from expected: [UInt8], at path: FilePath
  ) -> String {
    let actual = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = String(decoding: expected, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(actual, wanted).prefix { $0 == $1 }.count
    return """
      differs from \(path) in line \(line + 1)
      expected: \(line < wanted.count ? wanted[line].debugDescription : "the end")
      found:    \(line < actual.count ? actual[line].debugDescription : "the end")
      whole text:
      \(text)
      """
  }
}
