import CPeak
import Dispatch

/// What a product reached, beside the core's peak that was measured in turns with it.
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
    let once = Self.seconds(threads) { product.run(thread: $0, of: threads) }
    let repetitions = Int(Self.secondsOfRound / once) + 1
    var rates: [Double] = []
    var shares: [Double] = []
    for _ in 0..<Self.rounds {
      let peak = Self.peak(kernels, isBFloat: isBFloat, threads: threads)
      let time = Self.seconds(threads) { thread in
        for _ in 0..<repetitions { product.run(thread: thread, of: threads) }
      }
      rates.append(shape.operations * Double(repetitions) / time)
      if let peak { shares.append(rates[rates.count - 1] / peak) }
    }
    rate = Self.median(rates)
    share = shares.isEmpty ? nil : Self.median(shares)
  }

  /// The most operations a second that `threads` threads can do.
  static func peak(_ kernels: Kernels, isBFloat: Bool, threads: Int) -> Double? {
    let rounds = 400_000  // two milliseconds, so that starting threads does not count
    guard peak_run(kernels.name, isBFloat ? 1 : 0, 1) > 0 else { return nil }
    let time = seconds(threads) { _ in _ = peak_run(kernels.name, isBFloat ? 1 : 0, rounds) }
    return peak_run(kernels.name, isBFloat ? 1 : 0, 1) * Double(rounds * threads) / time
  }

  private static func seconds(_ threads: Int, _ body: @Sendable (Int) -> Void) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    if threads == 1 {
      body(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: threads, execute: body)
    }
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
