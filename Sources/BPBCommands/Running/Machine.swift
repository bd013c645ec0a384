import BitsPerByte
import FoundationEssentials

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The machine that a run is made on.
enum Machine {
  /// Processors that this process may use.
  static var cores: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }

  /// Bytes of memory that this process may use: the machine's, or its control group's if that is less.
  static var memoryBytes: Int {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let limit = firstLine(of: "/sys/fs/cgroup/memory.max").flatMap { Int($0) }
    return min(physical, limit ?? physical)
  }

  static var environment: Environment {
    var name = utsname()
    uname(&name)
    return Environment(
      system: "\(text(name.sysname)) \(text(name.release))", architecture: text(name.machine),
      cpu: cpu, cores: cores, memoryBytes: memoryBytes)
  }

  /// A random id for a run: 16 hexadecimal digits.
  static func runID() -> String {
    SafeText.hex((0..<8).map { _ in UInt8.random(in: .min ... .max) })
  }

  /// Now, ISO 8601 in UTC.
  static func timestamp() -> String { Date().formatted(.iso8601) }

  private static var cpu: String? {
    let line = contents(of: "/proc/cpuinfo")?.split(separator: "\n")
      .first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").dropFirst().first.map {
      SafeText.escape(String($0.drop { $0 == " " }))
    }
  }

  private static func firstLine(of path: String) -> Substring? {
    contents(of: path)?.split(separator: "\n").first
  }

  private static func contents(of path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  /// A C string in a field of fixed size.
  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { SafeText.escape(bytes: $0.prefix { $0 != 0 }) }
  }
}
