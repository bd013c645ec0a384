/// Holds what a run measured against a baseline: a pure function of records.
public struct BaselineCheck: Sendable {
  /// What is done with an input whose bytes are not those that the baseline was made of.
  public enum ChangedInputs: String, CaseIterable, Sendable {
    /// Its sizes cannot be compared, and that is a failure.
    case fail
    /// Bits per byte are compared instead of sizes, with the same tolerance.
    case compareBitsPerByte = "compare-bpb"
  }

  /// What is done when a method is of another version than in the baseline.
  public enum ChangedVersions: String, CaseIterable, Sendable {
    case warn, fail
  }

  public var tolerance: Tolerance
  /// Whether a size that is smaller than the baseline's by more than the limit is a failure.
  public var isStrict: Bool
  public var changedInputs: ChangedInputs
  public var changedVersions: ChangedVersions

  /// A check; by default sizes have to be equal or smaller.
  public init(
    tolerance: Tolerance = Tolerance(), isStrict: Bool = false,
    changedInputs: ChangedInputs = .fail,
    changedVersions: ChangedVersions = .warn
  ) {
    self.tolerance = tolerance
    self.isStrict = isStrict
    self.changedInputs = changedInputs
    self.changedVersions = changedVersions
  }

  /// What became of every size that `run` should have and of every row of its methods.
  ///
  /// A cell that failed, was not verified or is missing never counts as held, nor does a run that
  /// measured nothing.
  /// - Parameter cells: those of `run`; others may be among them.
  public func outcome(
    of run: RunRecord, cells: [CellRecord], against baseline: Baseline
  ) -> Outcome {
    let known = Set(baseline.methods(under: run.policy))
    let expected = run.expectedCells(in: cells)
    var findings = expected.compactMap { cell in
      failure(of: cell)
        ?? (known.contains(cell.method.name) ? comparison(of: cell, with: baseline[cell.key]) : nil)
    }
    findings += run.methods.filter { !known.contains($0.name) }.map {
      Finding(.noBaseline, .failure, method: $0.name, scope: .method, policy: run.policy)
    }
    findings += missingInputs(run, expected, baseline) + versions(run, baseline)
    return Outcome(findings: findings, tolerance: tolerance)
  }

  /// What there is to say when there is no baseline at all.
  public func outcomeWithoutBaseline() -> Outcome {
    Outcome(findings: [], tolerance: tolerance)
  }

  private func failure(of cell: ExpectedCell) -> Finding? {
    switch cell.outcome {
    case .measured: nil
    case .failed(let reason): finding(.methodFailed, .failure, of: cell, reason: reason)
    case .notVerified(let reason): finding(.notVerified, .failure, of: cell, reason: reason)
    case .notMeasured(let reason): finding(.notMeasured, .failure, of: cell, reason: reason)
    }
  }

  private func comparison(of cell: ExpectedCell, with row: Baseline.Row?) -> Finding? {
    guard case .measured(let codedBytes) = cell.outcome else { return nil }
    guard let row else { return finding(.newInput, .failure, of: cell) }
    let comparison = SizeComparison(
      baseline: .init(bytes: row.bytes, codedBytes: row.codedBytes),
      current: .init(bytes: cell.bytes, codedBytes: codedBytes),
      isSameInput: row.sha256 == cell.sha256 && row.bytes == cell.bytes,
      limit: tolerance.limit(for: cell.method.name))
    guard comparison.isSameInput || canCompareBitsPerByte(comparison) else {
      return finding(.changedInput, .failure, of: cell, comparison: comparison)
    }
    switch comparison.verdict {
    case .grew: return finding(.regression, .failure, of: cell, comparison: comparison)
    case .held:
      let severity: Finding.Severity = comparison.isSameInput ? .notice : .warning
      return finding(.held, severity, of: cell, comparison: comparison)
    case .shrank:
      return finding(.improvement, isStrict ? .failure : .notice, of: cell, comparison: comparison)
    }
  }

  private func canCompareBitsPerByte(_ comparison: SizeComparison) -> Bool {
    changedInputs == .compareBitsPerByte && comparison.baseline.bytes > 0
      && comparison.current.bytes > 0
  }

  /// Rows of the methods that were run whose input is not there.
  private func missingInputs(
    _ run: RunRecord, _ expected: [ExpectedCell], _ baseline: Baseline
  ) -> [Finding] {
    let present = Set(expected.map(\.key))
    let methods = Set(run.methods.map(\.name))
    return baseline.rows
      .filter {
        $0.policy == run.policy && methods.contains($0.method) && !present.contains($0.key)
      }
      .map {
        Finding(
          .missingInput, .failure, method: $0.method, scope: .init(path: $0.path), policy: $0.policy
        )
      }
  }

  /// One finding for each version other than a method's own that its rows carry.
  private func versions(_ run: RunRecord, _ baseline: Baseline) -> [Finding] {
    run.methods.flatMap { method in
      let rows = baseline.rows.filter { $0.method == method.name && $0.policy == run.policy }
      let others = Set(rows.map(\.version)).subtracting([method.version])
      return others.sorted { $0 ?? "" < $1 ?? "" }.map { other in
        var finding = Finding(
          .versionChanged, changedVersions == .fail ? .failure : .warning, method: method.name,
          scope: .method, policy: run.policy)
        finding.versions = .init(baseline: other, current: method.version)
        return finding
      }
    }
  }

  private func finding(
    _ kind: Finding.Kind, _ severity: Finding.Severity, of cell: ExpectedCell,
    reason: String? = nil, comparison: SizeComparison? = nil
  ) -> Finding {
    var finding = Finding(
      kind, severity, method: cell.method.name, scope: .init(path: cell.path), policy: cell.policy)
    finding.reason = reason
    finding.comparison = comparison
    return finding
  }
}
