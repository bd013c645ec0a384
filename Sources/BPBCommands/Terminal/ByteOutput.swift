import BitsPerByte
import SystemPackage

/// Where a command's bytes go: standard output, a device or a pipe, or a file that appears under its
/// name only when it is whole.
final class ByteOutput {
  private let file: FileDescriptor
  private let name: String
  /// Name in progress and final name; nil for what is not a file and is written to as it is.
  private let paths: (partial: FilePath, final: FilePath)?
  private var isCommitted = false
  private let outlastsInterrupts: Bool
  /// Bytes from the file's start to the last that was written.
  private(set) var byteCount = 0

  /// - Parameters:
  ///   - path: of the file, or `-` for standard output.
  ///   - input: of the file that is read meanwhile, which must stay; or `-`.
  ///   - force: whether an existing file may be replaced, and a terminal written to.
  ///   - outlastsInterrupts: whether it is written to its end though the user asked to stop, as what saves a
  ///     run has to be.
  /// - Throws: `inputOutput` when there is such a file already, or none can be made; `usage` when it is the input.
  init(
    path: String, reading input: String = "-", force: Bool, outlastsInterrupts: Bool = false
  ) throws(BPBError) {
    self.outlastsInterrupts = outlastsInterrupts
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
    let named = FilePath(argument: path)
    if !force, try Self.exists(named, name) {
      throw BPBError(
        .inputOutput, "exists already", subject: name, advice: "use --force to replace it")
    }
    guard named.lastComponent != nil else {
      throw BPBError(.usage, "is not the name of a file", subject: name)
    }
    guard (try? named.stat())?.type != .directory else {
      throw BPBError(.inputOutput, "is a directory", subject: name, advice: "name a file in it")
    }
    guard !Self.isSameFile(named, input) else {
      throw BPBError(
        .usage, "is the file that is read", subject: name, advice: "name another one with -o")
    }
    paths = Self.isFile(named) ? Self.partialAndFinal(named) : nil
    do {
      file = try FileDescriptor.open(
        paths?.partial ?? named, .writeOnly,
        options: paths == nil ? .closeOnExec : [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw Self.impossible(name, error)
    }
  }

  /// Whether there is something at `path`.
  ///
  /// - Throws: `inputOutput` when nothing can be there, as under a name that is too long.
  private static func exists(_ path: FilePath, _ name: String) throws(BPBError) -> Bool {
    do throws(Errno) {
      _ = try path.stat(followTargetSymlink: false)
      return true
    } catch {
      guard error == .noSuchFileOrDirectory else { throw impossible(name, error) }
      return false
    }
  }

  private static func isSameFile(_ path: FilePath, _ input: String) -> Bool {
    guard input != "-", let ours = try? path.stat(), ours.type == .regular,
      let read = try? FilePath(argument: input).stat()
    else { return false }
    return ours.deviceID == read.deviceID && ours.inode == read.inode
  }

  private static func impossible(_ name: String, _ cause: any Error) -> BPBError {
    BPBError(
      .inputOutput, "cannot be created: \(cause)", subject: name,
      advice: "name a file in a directory that you may write to")
  }

  /// Whether what stands at `path`, if anything does, can be replaced by a file of that name. A device
  /// or a pipe must not be.
  private static func isFile(_ path: FilePath) -> Bool {
    guard let type = (try? path.stat())?.type else { return true }
    return type == .regular
  }

  /// A link is written through, not replaced. The partial name is short, as the final one may be as
  /// long as the file system allows.
  private static func partialAndFinal(_ path: FilePath) -> (partial: FilePath, final: FilePath) {
    let final = resolvingLinks(path) ?? path
    return (final.removingLastComponent().appending(".bpb-\(Machine.runID()).partial"), final)
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
    try checkInterrupt()
    do {
      _ = try bytes.withUnsafeBytes { try file.writeAll($0) }
      byteCount += bytes.count
    } catch {
      throw unwritable(error)
    }
  }

  /// Whether this is a file, in which bytes can be written at any place.
  var isFile: Bool { paths != nil }

  /// Writes `bytes` at `offset` of a file.
  ///
  /// - Throws: as `write`.
  func write(_ bytes: Span<UInt8>, at offset: Int) throws(BPBError) {
    try checkInterrupt()
    do {
      _ = try bytes.withUnsafeBytes { try file.writeAll(toAbsoluteOffset: Int64(offset), $0) }
      byteCount = max(byteCount, offset + bytes.count)
    } catch {
      throw unwritable(error)
    }
  }

  /// Makes sure, before anything was written, that so many bytes would fit now: before work that would be lost if they
  /// did not. The room is not kept.
  ///
  /// - Throws: `inputOutput` when they would not.
  func checkRoom(for count: Int) throws(BPBError) {
    guard isFile else { return }
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    do {
      for offset in stride(from: 0, to: count, by: zeros.count) {
        let piece = zeros.prefix(count - offset)
        _ = try file.writeAll(toAbsoluteOffset: Int64(offset), piece)
      }
      try file.resize(to: 0)
    } catch {
      throw unwritable(error)
    }
  }

  private func checkInterrupt() throws(BPBError) {
    guard !outlastsInterrupts && Interrupt.isRequested else { return }
    throw BPBError(.cancelled, "stopped")
  }

  private func unwritable(_ cause: any Error) -> BPBError {
    BPBError(.inputOutput, "cannot be written: \(cause)", subject: name, advice: "make room there")
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
