import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension FileDescriptor {
  /// Takes the file's advisory lock, which lasts until ``unlock()``, or until the last copy of the
  /// descriptor is closed.
  ///
  /// - Returns: false if another process holds it.
  /// - Throws: `Errno` where the file system has no locks.
  func lockExclusively() throws -> Bool { try lock(LOCK_EX) }

  /// Whether another process holds the file's advisory lock.
  ///
  /// - Throws: `Errno` where the file system has no locks.
  func isLockedExclusively() throws -> Bool {
    guard try lock(LOCK_SH) else { return true }
    unlock()
    return false
  }

  private func lock(_ kind: Int32) throws -> Bool {
    while flock(rawValue, kind | LOCK_NB) != 0 {
      let error = Errno(rawValue: errno)
      if error == .wouldBlock { return false }
      guard error == .interrupted else { throw error }
    }
    return true
  }

  /// Gives the lock back at once, whoever else holds a copy of this descriptor.
  ///
  /// It cannot fail for a descriptor that is open, and a lock that was not taken is no error.
  func unlock() {
    _ = flock(rawValue, LOCK_UN)
  }
}
