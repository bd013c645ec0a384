import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file of its own for one test, removed with the object.
final class TemporaryFile {
  let path: FilePath

  /// Creates the file with `contents`; with nil there is a name but no file.
  init(_ contents: [UInt8]?) throws {
    var template = Array("/tmp/bpb-records-XXXXXX".utf8CString)
    let descriptor = FileDescriptor(rawValue: mkstemp(&template))
    path = template.withUnsafeBufferPointer { FilePath(platformString: $0.baseAddress!) }
    _ = try descriptor.closeAfter { try descriptor.writeAll(contents ?? []) }
    if contents == nil { remove() }
  }

  deinit { remove() }

  func bytes() throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var bytes = [UInt8](repeating: 0, count: try Int(file.stat().size))
      _ = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
      return bytes
    }
  }

  private func remove() { _ = path.withPlatformString { unlink($0) } }
}
