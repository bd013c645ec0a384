package import BPBCore
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ModelBytes {
  /// The bytes of the file at `path`, mapped: read when they are used, and shared by all that use them.
  ///
  /// Whoever cuts the file short meanwhile ends this process; `bpb train` replaces files whole.
  ///
  /// - Throws: `noInput` when there is no such file, it is none, or it cannot be mapped. The error names
  ///   `path`.
  package convenience init(mapping path: FilePath) throws(BPBError) {
    let name = SafeText.escape(path.string)
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
      let (base, count) = try file.closeAfter { try Self.map(file) }
      self.init(base: base, count: count) { base, count in
        if count > 0 { munmap(UnsafeMutableRawPointer(mutating: base), count) }
      }
    } catch let refusal as Refusal {
      throw BPBError(
        .noInput, refusal.problem, subject: name, advice: "name a file that 'bpb train' wrote")
    } catch {
      throw BPBError(
        .noInput, "cannot be opened: \(error)", subject: name, advice: "check the name")
    }
  }

  /// Why what is at a path cannot be mapped.
  private struct Refusal: Error {
    let problem: String
  }

  private static func map(_ file: FileDescriptor) throws -> (UnsafeRawPointer, Int) {
    let status = try file.stat()
    guard status.type == .regular else {
      throw Refusal(
        problem: status.type == .directory ? "is a directory" : "is not a regular file")
    }
    let count = Int(status.size)
    guard count > 0 else { return (Self.nothing, 0) }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file.rawValue, 0), base != MAP_FAILED
    else { throw Errno(rawValue: errno) }
    return (UnsafeRawPointer(base), count)
  }

  /// A place for no bytes: a file of none cannot be mapped.
  private static var nothing: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 64)! }
}
