import BPBCore
public import Measuring

/// One piece of a study's plan: a name that says all that it depends on, and how it is measured.
///
/// What it gives depends on its name and the text alone, not on the machine, the time or what else runs: so that a
/// repeated run writes the same records. A piece may give several records, each under a name of its own, where one piece
/// of work serves all of them.
public struct StudyCell: Job {
  /// As `size=3k load=0.5 seed=1`, one for each record; in the order in which they are given.
  public let names: [String]
  public let expectedSeconds: Double
  public let memoryNeed: Int
  public let threads: Int
  let measure: @Sendable (StudyBench, StudyGiving) throws(BPBError) -> Void

  /// A cell of one record, called by `parameters` in their order, on one thread.
  init(
    _ parameters: KeyValuePairs<String, String>, expectedSeconds: Double, memoryNeed: Int,
    measure: @escaping @Sendable (StudyBench) throws(BPBError) -> StudyFigures
  ) {
    let name = parameters.map { "\($0)=\($1)" }.joined(separator: " ")
    self.init([name], expectedSeconds: expectedSeconds, memoryNeed: memoryNeed) {
      bench, give throws(BPBError) in
      try give(name, try measure(bench))
    }
  }

  /// A cell that gives records of several names as it goes.
  init(
    _ names: [String], expectedSeconds: Double, memoryNeed: Int, threads: Int = 1,
    measure: @escaping @Sendable (StudyBench, StudyGiving) throws(BPBError) -> Void
  ) {
    self.names = names
    self.expectedSeconds = expectedSeconds
    self.memoryNeed = memoryNeed
    self.threads = threads
    self.measure = measure
  }
}

/// Takes what a cell measured under one of its names.
typealias StudyGiving = (_ name: String, _ figures: StudyFigures) throws(BPBError) -> Void

/// What a cell gives: numbers, rows of numbers and texts by name. See `StudyCellRecord`.
struct StudyFigures: Sendable {
  var figures: [String: Double] = [:]
  var series: [String: [Double]] = [:]
  var texts: [String: String] = [:]
}
