import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension FileDescriptor {
  /// Takes the file's advisory lock, which lasts until the descriptor is closed or the process ends.
  ///
  /// - Returns: false if another process holds it.
  /// - Throws: `Errno` where the file system has no locks.
  func lockExclusively() throws -> Bool {
    while flock(rawValue, LOCK_EX | LOCK_NB) != 0 {
      let error = Errno(rawValue: errno)
      if error == .wouldBlock { return false }
      guard error == .interrupted else { throw error }
    }
    return true
  }
}
