import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A directory of a test's own, removed with all it holds when the test ends.
final class Scratch {
  let path: FilePath

  init() {
    var template = Array("/tmp/bpb-corpora-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no scratch directory")
    path = FilePath(platformString: template)
  }

  deinit { Self.remove(path) }

  /// Creates a file, and the directories above it.
  @discardableResult
  func file(_ name: FilePath, _ bytes: [UInt8] = []) throws -> FilePath {
    let file = path.pushing(name)
    if name.components.count > 1 { directory(name.removingLastComponent()) }
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    return file
  }

  @discardableResult
  func file(_ name: FilePath, _ text: String) throws -> FilePath {
    try file(name, Array(text.utf8))
  }

  @discardableResult
  func directory(_ name: FilePath) -> FilePath {
    var directory = path
    for component in name.components {
      directory.append(component)
      _ = directory.withPlatformString { mkdir($0, 0o700) }
    }
    return directory
  }

  func link(_ name: FilePath, to target: FilePath) {
    let result = path.pushing(name).withPlatformString { link in
      target.withPlatformString { symlink($0, link) }
    }
    precondition(result == 0, "no link")
  }

  @discardableResult
  func fifo(_ name: FilePath) -> FilePath {
    let fifo = path.pushing(name)
    precondition(fifo.withPlatformString { mkfifo($0, 0o600) } == 0, "no FIFO")
    return fifo
  }

  func setPermissions(_ name: FilePath, _ mode: mode_t) {
    _ = path.pushing(name).withPlatformString { chmod($0, mode) }
  }

  func resize(_ name: FilePath, to byteCount: Int) {
    _ = path.pushing(name).withPlatformString { truncate($0, off_t(byteCount)) }
  }

  /// Moves `other` to `name`.
  func replace(_ name: FilePath, with other: FilePath) {
    let result = path.pushing(other).withPlatformString { from in
      path.pushing(name).withPlatformString { rename(from, $0) }
    }
    precondition(result == 0, "no rename")
  }

  static var isRoot: Bool { geteuid() == 0 }

  private static func remove(_ path: FilePath) {
    guard unlinkOrRemove(path) != 0, let stream = path.withPlatformString({ opendir($0) }) else {
      return
    }
    while let entry = readdir(stream) {
      let offset = MemoryLayout<dirent>.offset(of: \.d_name)!
      let name = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      let component = FilePath.Component(platformString: name)!
      if component.kind == .regular { remove(path.appending(component)) }
    }
    closedir(stream)
    _ = unlinkOrRemove(path)
  }

  private static func unlinkOrRemove(_ path: FilePath) -> Int32 {
    path.withPlatformString { unlink($0) == 0 ? 0 : rmdir($0) }
  }
}
