import BitsPerByte
import SystemPackage

/// Where a command's bytes go: standard output, or a file that appears under its name only when it is
/// whole.
final class ByteOutput {
  private let file: FileDescriptor
  private let name: String
  /// Name in progress and final name; nil for standard output.
  private let paths: (partial: FilePath, final: FilePath)?
  private var isCommitted = false

  /// - Parameters:
  ///   - path: of the file, or `-` for standard output.
  ///   - force: whether an existing file may be replaced, and a terminal written to.
  /// - Throws: `inputOutput` when there is such a file already, or none can be made.
  init(path: String, force: Bool) throws(BPBError) {
    guard path != "-" else {
      (file, name, paths) = (.standardOutput, "standard output", nil)
      guard force || !Terminal.isTerminal(file) else {
        throw BPBError(
          .usage, "is a terminal, which bytes would confuse", subject: name,
          advice: "send it to a file, or use --force")
      }
      return
    }
    name = SafeText.escape(argument: path)
    let final = FilePath(argument: path)
    guard force || (try? final.stat(followTargetSymlink: false)) == nil else {
      throw BPBError(
        .inputOutput, "exists already", subject: name, advice: "use --force to replace it")
    }
    guard let last = final.lastComponent else {
      throw BPBError(.usage, "is not the name of a file", subject: name)
    }
    let partial = final.removingLastComponent()
      .appending(".\(Machine.runID().prefix(8))-\(last.string).partial")
    do {
      file = try FileDescriptor.open(
        partial, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw BPBError(
        .inputOutput, "cannot be created: \(error)", subject: name,
        advice: "name a file in a directory that you may write to")
    }
    paths = (partial, final)
  }

  deinit {
    guard let paths else { return }
    try? file.close()
    if !isCommitted { _ = paths.partial.withPlatformString { unlinkPath($0) } }
  }

  /// Writes `bytes` after those before.
  ///
  /// - Throws: `inputOutput` on a full disk or a closed pipe; `cancelled` when the user asked to stop.
  func write(_ bytes: Span<UInt8>) throws(BPBError) {
    if Interrupt.isRequested { throw BPBError(.cancelled, "stopped") }
    do {
      _ = try bytes.withUnsafeBytes { try file.writeAll($0) }
    } catch {
      throw BPBError(
        .inputOutput, "cannot be written: \(error)", subject: name, advice: "make room there")
    }
  }

  /// Puts the whole file under its name.
  func commit() throws(BPBError) {
    guard let paths else { return }
    let renamed = paths.partial.withPlatformString { from in
      paths.final.withPlatformString { renamePath(from, $0) }
    }
    guard renamed else {
      throw BPBError(
        .inputOutput, "cannot be put in place", subject: name,
        advice: "see whether it is a directory, or was protected meanwhile")
    }
    isCommitted = true
  }
}
