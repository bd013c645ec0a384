import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Removes a file; whether that worked.
func unlinkPath(_ path: UnsafePointer<CChar>) -> Bool { unlink(path) == 0 }

/// The path without links and `..`; nil if there is nothing there.
func resolvingLinks(_ path: FilePath) -> FilePath? {
  path.withPlatformString { path in
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }
}

/// Renames a file, replacing what is there; whether that worked.
func renamePath(_ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>) -> Bool {
  rename(from, to) == 0
}

/// Makes a directory unless there is one; whether files can be made in it.
func makeWritableDirectory(_ path: FilePath) -> Bool {
  path.withPlatformString { path in
    mkdir(path, 0o777) == 0 || errno == EEXIST
  } && (try? path.stat())?.type == .directory
    && path.withPlatformString { access($0, W_OK | X_OK) == 0 }
}
