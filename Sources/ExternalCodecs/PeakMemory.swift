import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The most memory that a child occupied.
///
/// Linux counts in a child's `ru_maxrss` the peak of the process that it was started from, so that the
/// figure says something only where it is above our own peak. Below that we rely on samples of the
/// program's own peak, which miss at most what grew since the last of them.
struct PeakMemory {
  private let pid: pid_t
  private let inherited: Int
  private var sampled = 0

  /// Watches a child that was just started.
  init(of pid: pid_t) {
    self.pid = pid
    inherited = Self.ownPeak
    sample()
  }

  /// Reads the child's peak so far, where the system tells it.
  mutating func sample() {
    #if os(Linux)
    guard let file = try? OpenFile(FilePath("/proc/\(pid)/status"), .readOnly),
      let text = try? file.read(at: 0)
    else { return }
    let line = text.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "VmHWM:".utf8) }
    let digits = line?.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? []
    // A program that has just ended has no such line.
    sampled = max(sampled, (Int(String(decoding: digits, as: UTF8.self)) ?? 0) << 10)
    #endif
  }

  /// The peak in bytes, given what the system `reported` at the end.
  func peak(reported: Int) -> Int {
    #if os(Linux)
    return reported > inherited || sampled == 0 ? reported : sampled
    #else
    return reported
    #endif
  }

  /// The peak resident size of `usage` in bytes.
  static func bytes(_ usage: rusage) -> Int {
    #if canImport(Darwin)
    return usage.ru_maxrss
    #else
    return usage.ru_maxrss << 10
    #endif
  }

  private static var ownPeak: Int {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return bytes(usage)
  }
}
