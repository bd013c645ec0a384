#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Unbuffered lines: in a pipe too, each shows as soon as it is known.
enum Console {
  static func print(_ line: String) { write(line, to: STDOUT_FILENO) }

  static func complain(_ line: String) { write("bench: \(line)", to: STDERR_FILENO) }

  private static func write(_ line: String, to descriptor: Int32) {
    var rest = Array("\(line)\n".utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { unistdWrite(descriptor, $0.baseAddress!, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  #if canImport(Glibc)
  private static let unistdWrite = Glibc.write
  #elseif canImport(Musl)
  private static let unistdWrite = Musl.write
  #else
  private static let unistdWrite = Darwin.write
  #endif
}
