public import BPBCore
public import SystemPackage

/// Reading of records files: JSON Lines, each line a `RecordLine`.
public enum RecordsFile {
  /// All records of the file at `path`, which is left as it is.
  ///
  /// A last line that an interrupted run cut short is left out, with a notice.
  ///
  /// - Throws: `noInput` when there is no such file or it cannot be read, `badData` when it is not a
  ///   records file, has a damaged line, or is newer than this version.
  public static func read(_ path: FilePath) throws(BPBError) -> Records {
    let name = SafeText.escape(path.string)
    let bytes: [UInt8]
    do {
      // Without waiting, should it be a FIFO that nobody writes to.
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
      bytes = try file.closeAfter {
        guard try file.stat().type == .regular else { throw Errno.notSupported }
        return try file.readToEnd()
      }
    } catch {
      throw BPBError(
        .noInput, "cannot be read: \(error)", subject: name,
        advice: "name a file that bpb wrote with --records")
    }
    let scan = try RecordsScan(bytes, of: name)
    var records = scan.records
    if scan.isCut {
      records.notices.append(
        "\(name): the last line was cut short by an interrupted run and is left out")
    }
    return records
  }
}

extension RecordsFile {
  /// Whether a run holds the file at `path` open to add to it.
  public static func isBeingWritten(_ path: FilePath) -> Bool {
    guard
      let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    else { return false }
    defer { try? file.close() }
    return (try? file.isLockedExclusively()) ?? false
  }
}

extension FileDescriptor {
  /// The bytes from the current offset to the end.
  func readToEnd() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try piece.withUnsafeMutableBytes { try read(into: $0) }
      guard count > 0 else { return bytes }
      bytes += piece.prefix(count)
    }
  }
}
