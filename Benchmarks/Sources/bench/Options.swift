/// The command line.
struct Options {
  static let usage = """
    usage: bench --bpb PATH [--only NAME,…] [--repetitions N] [--report-only]
      --only NAME,…     of \(Benchmark.allCases.map(\.rawValue).joined(separator: ", "))
      --repetitions N   pairs of runs, and repetitions under --timing; default 5
      --report-only     end with exit code 0 even if a limit is missed
    """

  private(set) var bpb = ""
  private(set) var benchmarks = Benchmark.allCases
  private(set) var repetitions = 5
  private(set) var isReportOnly = false

  init(_ arguments: some Sequence<String>) throws(BenchError) {
    var rest = arguments.makeIterator()
    while let argument = rest.next() {
      switch argument {
      case "--bpb": bpb = try Self.value(of: argument, rest.next())
      case "--only": benchmarks = try Self.benchmarks(Self.value(of: argument, rest.next()))
      case "--repetitions": repetitions = try Self.count(Self.value(of: argument, rest.next()))
      case "--report-only": isReportOnly = true
      default: throw BenchError("there is no option '\(argument)'")
      }
    }
    if bpb.isEmpty { throw BenchError("--bpb must name the program to measure") }
  }

  private static func value(of option: String, _ value: String?) throws(BenchError) -> String {
    guard let value else { throw BenchError("\(option) takes a value") }
    return value
  }

  private static func count(_ text: String) throws(BenchError) -> Int {
    guard let count = Int(text), count > 0 else {
      throw BenchError("--repetitions takes a positive number, not '\(text)'")
    }
    return count
  }

  private static func benchmarks(_ list: String) throws(BenchError) -> [Benchmark] {
    var named: [Benchmark] = []
    for name in list.split(separator: ",") {
      guard let benchmark = Benchmark(rawValue: String(name)) else {
        throw BenchError("there is no benchmark '\(name)'")
      }
      named.append(benchmark)
    }
    return named
  }
}
