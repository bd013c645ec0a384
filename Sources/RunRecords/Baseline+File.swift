public import BPBCore
public import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension Baseline {
  /// The baseline in the file at `path`; nil if there is no such file.
  ///
  /// - Throws: `noInput` when the file cannot be read, `badData` when it is not a baseline.
  public static func read(_ path: FilePath) throws(BPBError) -> Baseline? {
    let name = SafeText.escape(path.string)
    let bytes: [UInt8]
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      bytes = try file.closeAfter { try file.readToEnd() }
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch {
      throw BPBError(
        .noInput, "cannot be read: \(error)", subject: name,
        advice: "name a file that 'bpb check --update' wrote, or a new one")
    }
    return try Baseline(parsing: bytes, of: name)
  }

  /// Puts the baseline in the place of the file at `path`, whole or not at all.
  ///
  /// - Throws: `inputOutput` when that fails, or when there is something else than a regular file at
  ///   `path`; whatever was there is then as it was.
  public func write(to path: FilePath) throws(BPBError) {
    let name = SafeText.escape(path.string)
    // A rename would put a file in the place of a link or device, not write through it.
    if let type = try? path.stat(followTargetSymlink: false).type, type != .regular {
      throw BPBError(
        .inputOutput, "is not a regular file, so no baseline is written there", subject: name,
        advice: "name the file itself, or another one")
    }
    // In the same directory, since a rename does not cross file systems.
    let draft = path.removingLastComponent()
      .appending(".\(path.lastComponent?.string ?? "").\(getpid()).tmp")
    do {
      try write(draft: draft)
      guard Self.rename(draft, path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      _ = draft.withPlatformString { unlink($0) }
      throw BPBError(
        .inputOutput, "cannot be written: \(error)", subject: name,
        advice: "name a file in a directory that you may write to, with room on its disk")
    }
  }

  private func write(draft: FilePath) throws {
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .truncate, .closeOnExec],
      permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
    _ = try file.closeAfter { try file.writeAll(csv.utf8) }
  }

  private static func rename(_ old: FilePath, _ new: FilePath) -> CInt {
    old.withPlatformString { from in
      new.withPlatformString { to in
        #if canImport(Glibc)
        Glibc.rename(from, to)
        #elseif canImport(Musl)
        Musl.rename(from, to)
        #elseif canImport(Darwin)
        Darwin.rename(from, to)
        #endif
      }
    }
  }
}
