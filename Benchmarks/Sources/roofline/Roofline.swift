#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Prints what the kernels' products reach of a core's peak, for each shape in use.
@main
struct Roofline {
  private static let usage = """
    usage: roofline [--kernels avx512|avx2|neon|portable] [--threads N]
      --kernels NAME   default: the fastest that this processor has
      --threads N      default: once with 1 and once with 2
    """

  static func main() {
    var kernelsName: String?
    var threads = [1, 2]
    var arguments = CommandLine.arguments.dropFirst().makeIterator()
    while let argument = arguments.next() {
      let value = arguments.next()
      switch argument {
      case "--kernels": kernelsName = value
      case "--threads": threads = [Int(value ?? "") ?? 0]
      default: fail("there is no option '\(argument)'")
      }
      if value == nil { fail("\(argument) takes a value") }
    }
    if threads[0] < 1 { fail("--threads takes a positive number") }
    guard let kernels = Kernels(named: kernelsName) else {
      fail("this processor has no kernels '\(kernelsName ?? "")'")
    }
    for count in threads {
      for isBFloat in kernels.multipliesBFloat ? [false, true] : [false] {
        report(kernels, isBFloat: isBFloat, threads: count)
      }
    }
  }

  private static func report(_ kernels: Kernels, isBFloat: Bool, threads: Int) {
    let peak = Measurement.peak(kernels, isBFloat: isBFloat, threads: threads)
    let title =
      "\(kernels.name), \(isBFloat ? "bf16" : "fp32"), \(threads) thread\(threads > 1 ? "s" : "")"
    print("\(title), peak \(peak.map { giga($0) } ?? "unknown") GFLOP/s")
    print("       m      n      k     GFLOP/s   of the peak")
    for (use, shapes) in Shape.inUse {
      print(use)
      for shape in shapes {
        let measured = Measurement(shape, kernels, isBFloat: isBFloat, threads: threads)
        let sizes = [shape.m, shape.n, shape.k].map { right("\($0)", 7) }.joined()
        let share = measured.share.map { fixed($0 * 100) + " %" } ?? "-"
        print(" \(sizes)\(right(giga(measured.rate), 12))\(right(share, 14))")
      }
    }
    print("")
  }

  private static func giga(_ rate: Double) -> String { fixed(rate * 1e-9) }

  /// With one decimal.
  private static func fixed(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0)) + text
  }

  private static func fail(_ reason: String) -> Never {
    let message = "\(reason)\n\(usage)\n"
    _ = message.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(64)
  }
}
