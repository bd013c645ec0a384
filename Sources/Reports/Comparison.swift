import BPBCore
public import RunRecords

/// Several methods on one corpus: what every report is made from, itself a pure function of records.
public struct Comparison: Sendable, Equatable {
  /// What was measured, and how.
  public let run: RunRecord
  /// One a method, in the order in which they were asked for.
  public let rows: [ComparisonRow]
  /// What a user should know of trained models that were used, a sentence each, printable: for those who read the report.
  public var modelNotes: [String] = []

  /// The comparison that `run` asked for, as far as `cells` hold it.
  ///
  /// Cells are found by what they measured, not by their run, so those of earlier runs count; of two
  /// that measured the same, the later.
  public init(run: RunRecord, cells: [CellRecord]) {
    self.init(run: run, byKey: Self.index(cells))
  }

  /// The comparisons that a records file holds, in the order of their first runs: one for each corpus
  /// and block policy, with the methods of all its runs.
  public static func all(in records: Records) -> [Comparison] {
    var merged: [RunRecord] = []
    for run in records.runs where run.isComparison {
      if let earlier = merged.firstIndex(where: {
        $0.corpus == run.corpus && $0.policy == run.policy
      }) {
        var latest = run
        latest.methods = merged[earlier].methods.adding(run.methods)
        merged[earlier] = latest
      } else {
        merged.append(run)
      }
    }
    let byKey = index(records.cells)
    return merged.map { Comparison(run: $0, byKey: byKey) }
  }

  private static func index(_ cells: [CellRecord]) -> [CellRecord.Key: CellRecord] {
    Dictionary(cells.map { ($0.key, $0) }) { $1 }
  }

  private init(run: RunRecord, byKey: [CellRecord.Key: CellRecord]) {
    self.run = run
    let rows = run.methods.map { Self.row(of: $0, in: run, byKey) }
    self.rows = rows.map { row in
      var row = row
      let best = Self.best(ofKind: row.kind, among: rows)
      row.isBest = row.isSound && best != nil && row.chargedBitsPerByte == best
      return row
    }
  }

  /// Bits per byte, models charged, of the best sound row of the given kind.
  static func best(ofKind kind: String?, among rows: [ComparisonRow]) -> Double? {
    rows.filter { $0.isSound && $0.kind == kind }.compactMap(\.chargedBitsPerByte).min()
  }

  /// Whether all inputs were coded as one stream.
  public var isSolid: Bool { run.policy == "solid" }
  /// Whether every measured cell was timed with nothing beside it.
  public var isTimedAlone: Bool {
    let timed = rows.filter { $0.measuredCount > 0 }
    return !timed.isEmpty && timed.allSatisfy(\.isTimedAlone)
  }

  private static func row(
    of method: MethodRecord, in run: RunRecord, _ byKey: [CellRecord.Key: CellRecord]
  ) -> ComparisonRow {
    let corpus = run.corpus
    func cell(path: String?, sha256: String, bytes: Int) -> CellRecord? {
      byKey[
        .init(
          method: method.name, version: method.version, policy: run.policy, path: path,
          sha256: sha256, bytes: bytes)]
    }
    let isSolid = run.policy == "solid"
    let files = corpus.files.map { file in
      ComparisonRow.File(
        path: SafeText.printable(file.path), bytes: file.bytes,
        cell: isSolid ? nil : cell(path: file.path, sha256: file.sha256, bytes: file.bytes))
    }
    let cells =
      isSolid ? [cell(path: nil, sha256: corpus.sha256, bytes: corpus.bytes)] : files.map(\.cell)
    return ComparisonRow(
      method: method, label: label(of: method, in: run), cells: cells, files: files)
  }

  private static func label(of method: MethodRecord, in run: RunRecord) -> String {
    let isShared = run.methods.count { $0.name == method.name } > 1
    let version = isShared ? method.version.map { " (\($0))" } : nil
    return SafeText.printable(method.name + (version ?? ""))
  }
}

extension RunRecord {
  /// Whether its cells stand beside each other in a table, rather than on a curve.
  fileprivate var isComparison: Bool {
    scale == nil && study == nil && policy != TrainingRecord.policy
  }
}
