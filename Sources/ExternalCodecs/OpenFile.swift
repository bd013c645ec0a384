package import BPBCore
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An open file that closes itself; programs started meanwhile do not inherit it.
package struct OpenFile: ~Copyable {
  let descriptor: FileDescriptor
  private let path: FilePath

  /// Opens `path`, or creates it with mode 0600 so that no archive stores a user's umask.
  package init(
    _ path: FilePath, _ mode: FileDescriptor.AccessMode,
    options: FileDescriptor.OpenOptions = []
  ) throws(BPBError) {
    self.path = path
    descriptor = try Self.attempt("open", path) {
      try FileDescriptor.open(
        path, mode, options: options.union(.closeOnExec), permissions: .ownerReadWrite)
    }
  }

  deinit { try? descriptor.close() }

  /// Appends `bytes` at the current position.
  package func write(_ bytes: Span<UInt8>) throws(BPBError) {
    _ = try Self.attempt("write", path) {
      try bytes.withUnsafeBytes { try descriptor.writeAll($0) }
    }
  }

  /// At most 64 KiB from `offset` on; none at the end.
  func read(at offset: Int) throws(BPBError) -> [UInt8] {
    try Self.attempt("read", path) {
      try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = try descriptor.read(
          fromAbsoluteOffset: Int64(offset), into: UnsafeMutableRawBufferPointer(buffer))
      }
    }
  }

  /// At most the last 4 KiB.
  func tail() throws(BPBError) -> ArraySlice<UInt8> {
    let size = try Self.attempt("read", path) { try Int(descriptor.stat().size) }
    return try read(at: max(0, size - 4096)).prefix(4096)
  }

  /// Makes a written file ready for a program: positioned at its start, and dated 1980-01-02, the
  /// first day that every archive format can store in every time zone, so that sizes do not depend on
  /// the clock.
  func settle() throws(BPBError) {
    let day = timespec(tv_sec: 315_619_200, tv_nsec: 0)
    _ = futimens(descriptor.rawValue, [day, day])
    _ = try Self.attempt("rewind", path) { try descriptor.seek(offset: 0, from: .start) }
  }

  private static func attempt<Result>(
    _ verb: String, _ path: FilePath, _ body: () throws -> Result
  ) throws(BPBError) -> Result {
    do {
      return try body()
    } catch {
      throw BPBError(
        .inputOutput, "cannot \(verb) it: \(error)", subject: SafeText.escape(path.string),
        advice: error as? Errno == .noSpace ? "set TMPDIR to a directory with more room" : nil)
    }
  }
}
