#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Ctrl-C: the command that runs ends of itself, and what was written for it is removed.
enum Interruption {
  // Written by a signal handler, which can do no more than that.
  nonisolated(unsafe) private static var isRequested: sig_atomic_t = 0

  static func listen() {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { _ in Interruption.isRequested = 1 } }
  }

  static func check() throws(BenchError) {
    if isRequested != 0 { throw BenchError("stopped") }
  }
}
