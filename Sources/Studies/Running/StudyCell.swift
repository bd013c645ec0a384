import BPBCore
public import Measuring

/// One measurement of a study's plan: a name that says all that it depends on, and how it is made.
///
/// What it gives depends on its name and the text alone, not on the machine, the time or what else runs: so that a
/// repeated run writes the same records. It uses one thread; the scheduler puts cells side by side.
public struct StudyCell: Job {
  /// As `size=3k load=0.5 seed=1`.
  public let name: String
  public let expectedSeconds: Double
  public let memoryNeed: Int
  let measure: @Sendable (StudyBench) throws(BPBError) -> StudyFigures

  /// A cell called by `parameters`, in their order.
  init(
    _ parameters: KeyValuePairs<String, String>, expectedSeconds: Double, memoryNeed: Int,
    measure: @escaping @Sendable (StudyBench) throws(BPBError) -> StudyFigures
  ) {
    name = parameters.map { "\($0)=\($1)" }.joined(separator: " ")
    self.expectedSeconds = expectedSeconds
    self.memoryNeed = memoryNeed
    self.measure = measure
  }
}

/// What a cell gives: numbers, rows of numbers and texts by name. See `StudyCellRecord`.
struct StudyFigures: Sendable {
  var figures: [String: Double] = [:]
  var series: [String: [Double]] = [:]
  var texts: [String: String] = [:]
}
