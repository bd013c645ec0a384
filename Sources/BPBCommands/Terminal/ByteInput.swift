import BitsPerByte
import SystemPackage

/// The bytes of a file or of standard input, in order.
final class ByteInput {
  private let file: FileDescriptor
  /// Name for messages.
  let name: String

  /// - Parameter path: of the file, or `-` for standard input.
  /// - Throws: `noInput` when it cannot be opened or is not a file.
  init(path: String) throws(BPBError) {
    guard path != "-" else {
      (file, name) = (.standardInput, "standard input")
      return
    }
    name = SafeText.escape(argument: path)
    do {
      file = try FileDescriptor.open(
        FilePath(argument: path), .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw BPBError(
        .noInput, "cannot be opened: \(error)", subject: name, advice: "check the name")
    }
    guard (try? file.stat().type) == .regular else {
      try? file.close()
      throw BPBError(
        .noInput, "is not a regular file", subject: name, advice: "name a file, or '-'")
    }
  }

  deinit { if file != .standardInput { try? file.close() } }

  /// The next bytes, at most so many; none at the end.
  ///
  /// - Throws: `inputOutput` when reading fails.
  func next(_ atMost: Int) throws(BPBError) -> [UInt8] {
    do {
      return try [UInt8](unsafeUninitializedCapacity: atMost) { buffer, count in
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    } catch {
      throw BPBError(.inputOutput, "cannot be read: \(error)", subject: name)
    }
  }
}
