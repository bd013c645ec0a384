/// The benchmarks by the names that `--only` takes, in the order in which they run.
enum Benchmark: String, CaseIterable {
  case xz, zlib, jobs, ngram
  case startUp = "start-up"
  case smallFiles = "small-files"
  case memory

  func run(_ bench: Workbench, _ report: (Line) -> Void) throws(BenchError) {
    switch self {
    case .xz: try bench.xz(report)
    case .zlib: try bench.zlib(report)
    case .jobs: try bench.jobs(report)
    case .ngram: try bench.ngram(report)
    case .startUp: try bench.startUp(report)
    case .smallFiles: try bench.smallFiles(report)
    case .memory: try bench.memory(report)
    }
  }
}
