import BitsPerByte
import SystemPackage

/// Where a report goes: a file that was opened before the work began, or standard output.
///
/// What the file held stays there until the report is written.
struct ReportOutput {
  private let file: FileDescriptor
  private let name: String
  /// Whether the report goes to a terminal's user, not to a file.
  let isStandardOutput: Bool

  /// - Parameter path: of the file to write, or nil for standard output.
  /// - Throws: `inputOutput` when the file cannot be opened.
  init(path: String?) throws(BPBError) {
    guard let path else {
      (file, name, isStandardOutput) = (.standardOutput, "standard output", true)
      return
    }
    name = SafeText.escape(argument: path)
    isStandardOutput = false
    do {
      file = try FileDescriptor.open(
        FilePath(argument: path), .writeOnly, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw BPBError(
        .inputOutput, "cannot be opened for writing: \(error)", subject: name,
        advice: "name a file in a directory that you may write to")
    }
  }

  /// Writes all of `text`.
  ///
  /// - Throws: `inputOutput`, after which the file holds as much as could be written.
  func write(_ text: String) throws(BPBError) {
    do {
      if !isStandardOutput, try file.stat().type == .regular { try file.resize(to: 0) }
    } catch {
      throw failure(error)
    }
    try append(text)
  }

  /// Writes `text` after what was written before.
  ///
  /// - Throws: `inputOutput`, after which the file holds as much as could be written.
  func append(_ text: String) throws(BPBError) {
    do {
      _ = try file.writeAll(text.utf8)
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ cause: any Error) -> BPBError {
    BPBError(
      .inputOutput, "the report cannot be written: \(cause)", subject: name,
      advice: "make room; with --records nothing has to be measured again")
  }
}
