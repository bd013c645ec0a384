import CPeak
import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a product reached, beside the core's peak that was measured in turns with it.
///
/// Times are the CPU times of the threads, so that it does not count when others take the processor away.
struct Measurement {
  /// Operations a second, of all threads.
  let rate: Double
  /// Of the peak; nil where there is no instruction to compare with.
  let share: Double?

  private static let rounds = 15
  private static let secondsOfRound = 0.003

  /// Medians of several rounds.
  init(_ shape: Shape, _ kernels: Kernels, isBFloat: Bool, threads: Int) {
    let product = Product(shape, kernels.table, isBFloat: isBFloat)
    let once = shape.operations / Self.rate(threads) { product.run(thread: $0, of: threads) }
    let repetitions = Int(Self.secondsOfRound / once) + 1
    var rates: [Double] = []
    var shares: [Double] = []
    for _ in 0..<Self.rounds {
      let peak = Self.peak(kernels, isBFloat: isBFloat, threads: threads)
      let rate = Self.rate(threads) { thread in
        (0..<repetitions).reduce(0) { sum, _ in sum + product.run(thread: thread, of: threads) }
      }
      rates.append(rate)
      if let peak { shares.append(rate / peak) }
    }
    rate = Self.median(rates)
    share = shares.isEmpty ? nil : Self.median(shares)
  }

  /// The most operations a second that `threads` threads can do.
  static func peak(_ kernels: Kernels, isBFloat: Bool, threads: Int) -> Double? {
    let rounds = 400_000  // two milliseconds
    guard peak_run(kernels.name, isBFloat ? 1 : 0, 1) > 0 else { return nil }
    return rate(threads) { _ in peak_run(kernels.name, isBFloat ? 1 : 0, rounds) }
  }

  /// Operations a second of all threads together, when each runs `body`, which returns how many it did.
  private static func rate(_ threads: Int, _ body: @Sendable (Int) -> Double) -> Double {
    let rates = UnsafeMutableBufferPointer<Double>.allocate(capacity: threads)
    defer { rates.deallocate() }
    nonisolated(unsafe) let results = rates
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let start = threadSeconds()
      let operations = body(thread)
      results[thread] = operations == 0 ? 0 : operations / (threadSeconds() - start)
    }
    return rates.reduce(0, +)
  }

  /// CPU time that this thread has taken.
  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
