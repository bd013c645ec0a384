import BPBCore
public import RunRecords

/// What an update changed in a baseline, for people: the same as the difference that is reviewed, in
/// words and percent.
public struct BaselineUpdateRenderer: Sendable {
  private let name: String
  private let showsAll: Bool

  /// A renderer; of many changes only some are shown, unless `showsAll`.
  ///
  /// - Parameter name: the baseline, as `SafeText` writes it.
  public init(name: String, showsAll: Bool) {
    self.name = SafeText.printable(name)
    self.showsAll = showsAll
  }

  /// The changes and, in the last line, how many there are; whole lines.
  public func render(_ update: BaselineUpdate) -> String {
    let lines = update.changes.compactMap(line)
    let shown = showsAll ? lines[...] : lines.prefix(CheckEntry.shownByDefault)
    let more = CheckEntry.more(lines.count - shown.count).map { [$0] } ?? []
    return (Array(shown) + more + versions(update) + [summary(update)]).map { $0 + "\n" }.joined()
  }

  private func line(_ change: BaselineUpdate.Change) -> String? {
    switch change {
    case .added(let row):
      "added \(subject(row)): \(NumberFormat.count(row.codedBytes, "byte", "bytes"))"
    case .removed(let row):
      "removed \(subject(row)): \(NumberFormat.count(row.codedBytes, "byte", "bytes"))"
    case .changed(let old, let new):
      old.hasSameFigures(as: new) ? nil : "changed " + figures(old, new)
    }
  }

  private func figures(_ old: Baseline.Row, _ new: Baseline.Row) -> String {
    let isSameInput = old.sha256 == new.sha256 && old.bytes == new.bytes
    return "\(subject(new)): \(CheckFigures.change(from: old.codedBytes, to: new.codedBytes))"
      + (isSameInput ? "" : ", the input changed")
  }

  private func subject(_ row: Baseline.Row) -> String {
    let scope = row.path.map(BaselineCheck.Finding.Scope.input) ?? .stream
    return SafeText.printable(row.method) + (CheckWords.name(of: scope).map { " on \($0)" } ?? "")
  }

  /// One line for each method whose rows changed their version.
  private func versions(_ update: BaselineUpdate) -> [String] {
    var counts: [(change: String, rows: Int)] = []
    for case .changed(let old, let new) in update.changes where old.version != new.version {
      let change =
        "changed \(SafeText.printable(new.method)): version "
        + "\(old.version.map(SafeText.printable) ?? "unknown") → "
        + "\(new.version.map(SafeText.printable) ?? "unknown")"
      if let position = counts.firstIndex(where: { $0.change == change }) {
        counts[position].rows += 1
      } else {
        counts.append((change, 1))
      }
    }
    return counts.map { "\($0.change) (\(NumberFormat.count($0.rows, "row", "rows")))" }
  }

  private func summary(_ update: BaselineUpdate) -> String {
    let rows = NumberFormat.count(update.baseline.rows.count, "row", "rows")
    guard !update.changes.isEmpty else { return "\(name): nothing changed, \(rows)" }
    var (added, removed, changed) = (0, 0, 0)
    for change in update.changes {
      switch change {
      case .added: added += 1
      case .removed: removed += 1
      case .changed: changed += 1
      }
    }
    let counts = [(added, "added"), (removed, "removed"), (changed, "changed")]
      .filter { $0.0 > 0 }
      .map { "\(NumberFormat.grouped($0.0)) \($0.1)" }
    return "\(name): \(rows), \(counts.joined(separator: ", "))"
  }
}

extension Baseline.Row {
  /// Whether the rows differ by no more than their versions.
  fileprivate func hasSameFigures(as other: Baseline.Row) -> Bool {
    bytes == other.bytes && codedBytes == other.codedBytes && sha256 == other.sha256
  }
}
