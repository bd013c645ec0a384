// The only file of this module that speaks to the C library directly.
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

enum Platform {
  /// The entries of a directory that are not hidden, in the order of the file system.
  ///
  /// A name is hidden when it begins with a dot; `.` and `..` are.
  static func visibleEntries(of directory: FilePath) throws(Errno) -> [FilePath.Component] {
    guard let stream = directory.withPlatformString({ opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { closedir(stream) }
    let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!
    var entries: [FilePath.Component] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      // In place: the record may be shorter than the declared type.
      let name = (UnsafeRawPointer(entry) + nameOffset).assumingMemoryBound(to: CChar.self)
      guard name.pointee != CChar(bitPattern: UInt8(ascii: ".")) else { continue }
      if let component = FilePath.Component(platformString: name) { entries.append(component) }
    }
    guard errno == 0 else { throw Errno(rawValue: errno) }
    return entries
  }

  /// Whether `name` fits a shell pattern; `*` fits any run of bytes, `/` included.
  static func matches(_ pattern: String, _ name: UnsafePointer<CChar>) -> Bool {
    fnmatch(pattern, name, 0) == 0
  }

  /// Seconds and nanoseconds since the epoch.
  static func modificationTime(_ status: Stat) -> (Int, Int) {
    (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
  }

  /// Bytes before the terminating zero.
  static func length(_ text: UnsafePointer<CChar>) -> Int { strlen(text) }

  /// The binary logarithm, for figures that are shown, never for what is coded.
  static func log2(_ x: Double) -> Double {
    #if canImport(Glibc)
    Glibc.log2(x)
    #elseif canImport(Musl)
    Musl.log2(x)
    #elseif canImport(Darwin)
    Darwin.log2(x)
    #endif
  }
}
