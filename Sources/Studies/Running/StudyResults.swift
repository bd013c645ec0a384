public import Evidence
public import RunRecords

/// A study's plan and what is known of its cells.
public struct StudyResults: Sendable {
  public let plan: StudyRecord
  /// In the order of the plan; those that failed are not among them.
  public let cells: [StudyCellRecord]
  /// Those that failed, each as a sentence.
  public let failures: [String]
  /// Names of cells that were not measured.
  public let missing: [String]
  /// Without it there are no verdicts.
  public let pass: SelfCheckPass?

  /// What `records` hold of `plan`.
  public init(_ plan: StudyRecord, in records: Records) {
    self.plan = plan
    let found = plan.cells.map { name in
      records[
        StudyCellRecord.Key(
          study: plan.name, protocolVersion: plan.protocolVersion, stream: plan.stream, cell: name)]
    }
    cells = found.compactMap { $0 }.filter { $0.error == nil }
    failures = found.compactMap { $0 }.compactMap { cell in cell.error.map { "\(cell.cell): \($0)" }
    }
    missing = zip(plan.cells, found).compactMap { $1 == nil ? $0 : nil }
    pass = SelfCheckPass(plan.selfCheck.map { SelfCheckRow($0.name, passed: $0.passed) })
  }

  /// The figure of cells that says how much of the test part stands in what they learned from, beyond what the training part
  /// has of it.
  static let leak = "leak"
  /// More than this is no chance.
  private static let mostLeak = 0.01

  /// The cell whose models saw the most of the test part, if any saw too much of it for a verdict.
  var leakingCell: StudyCellRecord? {
    cells.filter { $0.figures[Self.leak] ?? 0 > Self.mostLeak }
      .max { $0.figures[Self.leak]! < $1.figures[Self.leak]! }
  }

  /// Cells whose names say all of `parameters`.
  func cells(where parameters: KeyValuePairs<String, String>) -> [StudyCellRecord] {
    cells.filter { cell in parameters.allSatisfy { cell.parameter($0) == $1 } }
  }

  /// The values that cells have for `key`, in the order of the plan, once each.
  func values(of key: String, in cells: [StudyCellRecord]? = nil) -> [String] {
    var values: [String] = []
    for value in (cells ?? self.cells).compactMap({ $0.parameter(key) })
    where !values.contains(value) {
      values.append(value)
    }
    return values
  }
}

extension StudyCellRecord {
  /// What the cell's name says of `key`; nil if it says nothing.
  func parameter(_ key: String) -> String? {
    for part in cell.split(separator: " ") where part.hasPrefix(key + "=") {
      return String(part.dropFirst(key.count + 1))
    }
    return nil
  }

  /// The number that the cell's name gives for `key`, or its figure of that name.
  func number(_ key: String) -> Double? { parameter(key).flatMap(Double.init) ?? figures[key] }

  /// The bits of each block of the test part, as a replicate; nil if the cell has none, or of other blocks.
  func replicate(_ series: String, of plan: StudyRecord) -> Replicate? {
    guard let bits = self.series[series] else { return nil }
    let sizes = stride(from: 0, to: plan.test.bytes, by: plan.blockSize).map {
      min(plan.blockSize, plan.test.bytes - $0)
    }
    guard bits.count == sizes.count else { return nil }
    return Replicate(blocks: zip(bits, sizes).map { BlockCost(bits: $0, bytes: Double($1)) })
  }
}
