public import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A directory of a test's own, removed with all it holds when the test lets go of it.
public final class TemporaryDirectory {
  /// Absolute, without links.
  public let path: FilePath

  /// Makes an empty directory.
  ///
  /// - Throws: `Errno` if it cannot be made.
  public init() throws {
    var template = Array("/tmp/bpb-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else {
      throw Errno(rawValue: errno)
    }
    defer { free(resolved) }
    path = FilePath(platformString: resolved)
  }

  deinit { Self.remove(path) }

  /// Writes a file, which is replaced if it is there; directories above it are made.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: FilePath) throws -> FilePath {
    let file = path.pushing(name)
    if name.components.count > 1 { makeDirectory(name.removingLastComponent()) }
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .truncate],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
    return file
  }

  /// The same, of a text.
  @discardableResult
  public func write(_ text: String, to name: FilePath) throws -> FilePath {
    try write(Array(text.utf8), to: name)
  }

  /// All bytes of a file.
  public func read(_ name: FilePath) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(path.pushing(name), .readOnly)
    return try descriptor.closeAfter {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = try piece.withUnsafeMutableBytes({ try descriptor.read(into: $0) }),
        count > 0
      {
        bytes += piece.prefix(count)
      }
      return bytes
    }
  }

  /// The text of a file; what is not UTF-8 shows as U+FFFD.
  public func text(_ name: FilePath) throws -> String {
    String(decoding: try read(name), as: UTF8.self)
  }

  /// Whether anything of that name is there.
  public func has(_ name: FilePath) -> Bool {
    (try? path.pushing(name).stat(followTargetSymlink: false)) != nil
  }

  /// Names of what is in the directory itself, hidden files among them, sorted.
  public var names: [String] { Self.entries(of: path).map(\.string).sorted() }

  /// Makes a directory and those above it.
  @discardableResult
  public func makeDirectory(_ name: FilePath) -> FilePath {
    var directory = path
    for component in name.components {
      directory.append(component)
      _ = directory.withPlatformString { mkdir($0, 0o755) }
    }
    return directory
  }

  /// Makes a symbolic link.
  public func link(_ name: FilePath, to target: FilePath) {
    _ = path.pushing(name).withPlatformString { link in
      target.withPlatformString { symlink($0, link) }
    }
  }

  /// Makes a FIFO.
  public func makeFIFO(_ name: FilePath) {
    _ = path.pushing(name).withPlatformString { mkfifo($0, 0o600) }
  }

  /// Cuts a file, or lengthens it with a hole.
  public func resize(_ name: FilePath, to byteCount: Int) {
    _ = path.pushing(name).withPlatformString { truncate($0, off_t(byteCount)) }
  }

  /// Changes a file's permissions.
  public func setPermissions(_ name: FilePath, _ permissions: FilePermissions) {
    _ = path.pushing(name).withPlatformString { chmod($0, permissions.rawValue) }
  }

  private static func entries(of directory: FilePath) -> [FilePath.Component] {
    guard let stream = directory.withPlatformString({ opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var entries: [FilePath.Component] = []
    while let entry = readdir(stream) {
      // In place: the record may be shorter than its type.
      let name = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let component = FilePath.Component(
        platformString: name.assumingMemoryBound(to: CChar.self))
      if let component, component.kind == .regular { entries.append(component) }
    }
    return entries
  }

  private static func remove(_ path: FilePath) {
    if path.withPlatformString({ unlink($0) }) == 0 { return }
    for entry in entries(of: path) { remove(path.appending(entry)) }
    _ = path.withPlatformString { rmdir($0) }
  }
}
