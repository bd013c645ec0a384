public import BPBCore
import Synchronization
public import SystemPackage

/// A records file that is open for one run to add to.
///
/// Every record is one `write` of its whole line at the end of the file: a kill at any moment loses at
/// most the line in flight, which the next appender cuts off. An advisory lock keeps a second run out
/// until this one is released.
public final class RecordsAppender: Sendable {
  /// What the file held when it was opened, with a notice if a line was cut off.
  public let records: Records

  private let name: String
  private let file: FileDescriptor
  private let turn = Mutex(())

  /// Opens the file at `path`, making it if there is none.
  ///
  /// - Throws: `inputOutput` when it cannot be opened or another run is writing it; `badData` when it
  ///   is not a records file (it is then left as it is), has a damaged line, or is newer than this
  ///   version.
  public init(_ path: FilePath) throws(BPBError) {
    name = SafeText.escape(path.string)
    do {
      file = try FileDescriptor.open(
        path, .readWrite, options: [.append, .create, .closeOnExec, .nonBlocking],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw BPBError(
        .inputOutput, "cannot be opened for writing: \(error)", subject: name,
        advice: "name a file in a directory that you may write to")
    }
    do {
      records = try Self.prepare(file, name: name)
    } catch {
      try? file.close()
      throw error
    }
  }

  /// Gives the lock back by name: a child process that another thread is about to start holds copies of
  /// all descriptors until it runs its program, and a lock lasts as long as the last of them.
  deinit {
    file.unlock()
    try? file.close()
  }

  /// Adds one record at the end of the file.
  ///
  /// Safe to call from any thread.
  ///
  /// - Throws: `inputOutput` when the line cannot be written whole; the file then ends with the line
  ///   before it.
  public func append(_ line: RecordLine) throws(BPBError) {
    let bytes = try line.encoded()
    do {
      try turn.withLock { _ in try write(whole: bytes) }
    } catch {
      throw BPBError(
        .inputOutput, "a record cannot be written: \(error)", subject: name,
        advice: "make room and run the same command again; what is there is kept")
    }
  }

  private func write(whole bytes: [UInt8]) throws {
    let end = try file.seek(offset: 0, from: .end)
    do {
      let count = try bytes.withUnsafeBytes { try file.write($0) }
      // Nothing but a full disk, a quota or a limit on file size makes a short write.
      guard count == bytes.count else { throw Errno.noSpace }
    } catch {
      try file.resize(to: end)
      throw error
    }
  }

  /// Locks and reads the file, and cuts off a line that was cut short.
  private static func prepare(
    _ file: FileDescriptor, name: String
  ) throws(BPBError) -> Records {
    let bytes: [UInt8]
    do {
      guard try file.stat().type == .regular else {
        throw BPBError(
          .inputOutput, "is not a regular file, so records cannot be kept in it", subject: name,
          advice: "name another file")
      }
      guard try file.lockExclusively() else {
        throw BPBError(
          .inputOutput, "is being written by another run", subject: name,
          advice: "wait for it to end, or use another file")
      }
      bytes = try file.readToEnd()
    } catch let error as BPBError {
      throw error
    } catch {
      throw BPBError(
        .inputOutput, "cannot be locked and read: \(error)", subject: name,
        advice: "keep records on a local disk")
    }
    let scan = try RecordsScan(bytes, of: name)
    return scan.isCut ? try repair(file, scan, name: name) : scan.records
  }

  private static func repair(
    _ file: FileDescriptor, _ scan: RecordsScan, name: String
  ) throws(BPBError) -> Records {
    do {
      try file.resize(to: Int64(scan.wholeLength))
    } catch {
      throw BPBError(
        .inputOutput, "its last line was cut short and cannot be removed: \(error)",
        subject: name, advice: "use another file")
    }
    var records = scan.records
    records.notices.append(
      "\(name): the last line was cut short by an interrupted run and is dropped; "
        + "its cell will be measured again")
    return records
  }
}
