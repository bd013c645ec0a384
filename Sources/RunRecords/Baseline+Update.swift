public import BPBCore

/// A new baseline, and how it differs from the one before.
public struct BaselineUpdate: Sendable, Equatable {
  /// What became of one row.
  public enum Change: Sendable, Equatable {
    case added(Baseline.Row)
    case removed(Baseline.Row)
    case changed(from: Baseline.Row, to: Baseline.Row)
  }

  public let baseline: Baseline
  /// In the order of the rows; empty if nothing changed.
  public let changes: [Change]
}

extension Baseline {
  /// The baseline with what a run measured in the place of what it had of the run's methods and policy.
  ///
  /// Rows of other methods and policies stay as they are; rows of inputs that are gone go.
  ///
  /// - Throws: `methodFailed` when a cell failed, did not verify or is missing: such a run makes no
  ///   baseline.
  public func updated(
    with run: RunRecord, cells: [CellRecord]
  ) throws(BPBError) -> BaselineUpdate {
    var fresh: [Row] = []
    for expected in run.expectedCells(in: cells) {
      fresh.append(try Row(expected))
    }
    let measured = Set(run.methods.map(\.name))
    let kept = rows.filter { $0.policy != run.policy || !measured.contains($0.method) }
    let baseline = Baseline(kept + fresh)
    let keys = Set(rows.map(\.key)).union(baseline.rows.map(\.key)).sorted()
    return BaselineUpdate(
      baseline: baseline, changes: keys.compactMap { Self.change(from: self[$0], to: baseline[$0]) }
    )
  }

  private static func change(from old: Row?, to new: Row?) -> BaselineUpdate.Change? {
    switch (old, new) {
    case (nil, let row?): .added(row)
    case (let row?, nil): .removed(row)
    case (let old?, let new?): old == new ? nil : .changed(from: old, to: new)
    case (nil, nil): nil
    }
  }
}

extension Baseline.Row {
  fileprivate init(_ expected: ExpectedCell) throws(BPBError) {
    switch expected.outcome {
    case .measured(let codedBytes):
      self.init(
        path: expected.path, method: expected.method.name, policy: expected.policy,
        bytes: expected.bytes, codedBytes: codedBytes, sha256: expected.sha256,
        version: expected.method.version)
    case .failed(let reason), .notVerified(let reason), .notMeasured(let reason):
      let place = expected.path.map { " on \($0)" } ?? ""
      throw BPBError(
        .methodFailed, "\(reason)\(place), so the baseline is left as it was",
        subject: "method '\(SafeText.escape(expected.method.name))'",
        advice: "correct that, or leave the method out, and run --update again")
    }
  }
}
