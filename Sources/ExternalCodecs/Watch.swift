import BPBCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Holds a running command to its limits.
struct Watch {
  private let step: CommandStep
  private let limits: ExternalLimits
  private let isCancelled: @Sendable () -> Bool
  private let start = ContinuousClock.now

  init(
    _ step: CommandStep, _ limits: ExternalLimits, isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.step = step
    self.limits = limits
    self.isCancelled = isCancelled
  }

  /// - Throws: `cancelled`, or `methodFailed` when a limit is passed.
  func check(bytesWritten: Int) throws(BPBError) {
    if isCancelled() { throw step.error("was cancelled", code: .cancelled) }
    guard start.duration(to: .now) < limits.time else {
      throw step.error(
        "did not finish within \(limits.time) and was stopped", advice: "allow it more time")
    }
    guard bytesWritten <= limits.bytesWritten else {
      throw step.error(
        "was stopped because it wrote more than \(ByteSize.exact(limits.bytesWritten))")
    }
  }

  /// Waits for 1/64 of the time passed, at most 10 ms, so that waiting lengthens no measured time by
  /// more than that; at first hardly at all, so that the memory of short runs is seen.
  func pause() {
    let passed = start.duration(to: .now)
    guard passed > .milliseconds(2) else {
      sched_yield()
      return
    }
    let pause = min(passed / 64, .milliseconds(10))
    var time = timespec(tv_sec: 0, tv_nsec: Int(pause / .nanoseconds(1)))
    nanosleep(&time, nil)
  }
}
