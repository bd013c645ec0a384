import BitsPerByte
import Studies
import Synchronization
import SystemPackage

/// Keeps what cells that take long have done so far, beside the records of their run: `.RECORDS.HASH.part` for each of them,
/// gone when the cell is done.
final class CheckpointShelf: StudyShelf {
  private let records: FilePath
  private let hasComplained = Mutex(false)

  init(records: String) { self.records = FilePath(argument: records) }

  /// Names say much and are long, so that files are called by their hash; hidden, so that they are nobody's input.
  private func path(_ name: String) -> FilePath {
    let hash = CorpusFile(name: "", bytes: Array(name.utf8)).sha256.prefix(16)
    let file = ".\(records.lastComponent?.string ?? "").\(hash).part"
    return records.removingLastComponent().appending(file)
  }

  func kept(_ name: String) -> ModelBytes? {
    try? ModelBytes(mapping: path(name))
  }

  func keep(
    _ name: String, _ write: ((Span<UInt8>) throws(BPBError) -> Void) throws(BPBError) -> Void
  ) {
    do throws(BPBError) {
      let output = try ByteOutput(path: path(name).string, force: true, outlastsInterrupts: true)
      try write { bytes throws(BPBError) in try output.write(bytes) }
      try output.commit()
    } catch {
      let isFirst = hasComplained.withLock { said in
        defer { said = true }
        return !said
      }
      if isFirst { Terminal.complain("warning: nothing is kept on the way: \(error); it goes on") }
    }
  }

  func drop(_ name: String) {
    _ = path(name).withPlatformString { unlinkPath($0) }
  }
}
