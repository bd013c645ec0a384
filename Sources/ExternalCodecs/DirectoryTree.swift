package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Walks what a program left behind. Links are never followed; what vanishes meanwhile is skipped.
package enum DirectoryTree {
  /// Calls `visit` with everything below `directory`, a directory after what is in it.
  static func walk(_ directory: FilePath, _ visit: (FilePath, Stat) -> Void) {
    for name in names(in: directory) {
      let path = directory.appending(name)
      guard let status = try? path.stat(followTargetSymlink: false) else { continue }
      if status.type == .directory { walk(path, visit) }
      visit(path, status)
    }
  }

  /// Removes `directory` and all that is in it.
  package static func remove(_ directory: FilePath) {
    openUp(directory)
    walk(directory) { path, status in
      _ = path.withPlatformString { status.type == .directory ? rmdir($0) : unlink($0) }
    }
    _ = directory.withPlatformString { rmdir($0) }
  }

  /// Names in `directory`; none if it cannot be read.
  private static func names(in directory: FilePath) -> [FilePath.Component] {
    guard let stream = directory.withPlatformString({ opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var names: [FilePath.Component] = []
    while let entry = readdir(stream) {
      // Read in place: the entry may be shorter than its type.
      let name = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let component = FilePath.Component(
        platformString: name.assumingMemoryBound(to: CInterop.PlatformChar.self))
      if let component, component.kind == .regular { names.append(component) }
    }
    return names
  }

  /// Makes what a program write-protected removable.
  private static func openUp(_ directory: FilePath) {
    for name in names(in: directory) {
      let path = directory.appending(name)
      guard (try? path.stat(followTargetSymlink: false))?.type == .directory else { continue }
      _ = path.withPlatformString { chmod($0, 0o700) }
      openUp(path)
    }
  }
}
