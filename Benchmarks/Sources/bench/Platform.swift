import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What differs between systems, or is awkward in C.
enum Platform {
  #if canImport(Darwin)
  typealias FileActions = posix_spawn_file_actions_t?
  static let noFileActions: FileActions = nil
  private static let peakUnit = 1
  #else
  typealias FileActions = posix_spawn_file_actions_t
  static var noFileActions: FileActions { posix_spawn_file_actions_t() }
  private static let peakUnit = 1024
  #endif

  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The processor's name; nil where /proc does not tell it.
  static var processor: String? {
    let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { String($0.drop { $0 == " " }) }
  }

  /// Bytes that can still be written below `path`.
  static func freeBytes(at path: String) -> Int {
    var status = statvfs()
    return statvfs(path, &status) == 0 ? Int(status.f_bavail) * Int(status.f_frsize) : 0
  }

  /// The size of the file at `path`; nil if there is none.
  static func byteCount(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Seconds on a clock that never runs backwards.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// CPU time of this process and of the commands that it has run to their end.
  static func ownCPUSeconds() -> Double {
    var own = rusage()
    var children = rusage()
    getrusage(0, &own)  // RUSAGE_SELF and RUSAGE_CHILDREN, which every system types in its own way
    getrusage(-1, &children)
    return cpuSeconds(own) + cpuSeconds(children)
  }

  static func usage(_ usage: rusage, wallSeconds: Double) -> Usage {
    Usage(
      wallSeconds: wallSeconds, cpuSeconds: cpuSeconds(usage),
      peakBytes: Int(usage.ru_maxrss) * peakUnit)
  }

  private static func cpuSeconds(_ usage: rusage) -> Double {
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }
}
