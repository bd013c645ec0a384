import BPBCore
import RunRecords

/// The tables of a scale report, as text in cells.
struct ScaleTables {
  let summary: ScaleSummary

  /// The curves, one table a kind; then a table for each model.
  var all: [ReportTable] {
    ScaleCurve.Kind.allCases.compactMap(curves) + summary.rows.compactMap(model)
  }

  private func curves(of kind: ScaleCurve.Kind) -> ReportTable? {
    let rows = summary.rows.filter { !$0.curve(kind).points.isEmpty }
    guard !rows.isEmpty else { return nil }
    let sizes = summary.plan.sizes.filter { size in rows.contains { $0.curve(kind)[size] != nil } }
    return ReportTable(
      kind: .curve(kind), title: "\(kind.title), bits per byte",
      note: windowsNote(rows.map { $0.curve(kind) }),
      heads: ["D"] + rows.map(\.label),
      rows: sizes.map { size in
        [NumberFormat.grouped(size)] + rows.map { Self.cell($0.curve(kind)[size]) }
      })
  }

  private static func cell(_ point: ScaleCurve.Point?) -> String {
    point.map { NumberFormat.fixed($0.mean, decimals: 3) } ?? "–"
  }

  /// How many windows a mean is over, and by how much they differ.
  private func windowsNote(_ curves: [ScaleCurve]) -> String? {
    let spread = curves.flatMap(\.points).filter { $0.values.count > 1 }
    guard let windows = spread.map(\.values.count).max(),
      let largest = spread.filter({ $0.values.count == windows }).map(\.bytes).max()
    else { return nil }
    let deviations = spread.filter { $0.bytes == largest }.compactMap(\.deviation)
    let widest = NumberFormat.fixed(deviations.max() ?? 0, decimals: 3)
    return
      "Up to D = \(NumberFormat.grouped(largest)) the mean of \(windows) windows, which differ "
      + "there by a standard deviation of at most \(widest)."
  }

  /// What a model holds and what it does not.
  private func model(of row: ScaleRow) -> ReportTable? {
    guard let precision = row.frozen.last?.precision else { return nil }
    return ReportTable(
      kind: .model(row.label),
      title: "\(row.label): the model alone, and what gives every byte back; bits per byte",
      note:
        "The model is held as \(SafeText.printable(precision)). Model and residual gave back all D bytes at each size.",
      heads: ["D", "model", "residual", "both", "best", "of best", "holds", "top-1", "alone"],
      rows: row.frozen.map { cells(of: $0) })
  }

  private func cells(of frozen: FrozenRecord) -> [String] {
    let bytes = Double(frozen.bytes)
    func perByte(_ bits: Double?) -> String {
      bits.map { NumberFormat.fixed($0 / bytes, decimals: 3) } ?? "–"
    }
    let model = frozen.modelBytes.map { 8 * Double($0) }
    let residual = frozen.residualBytes.map { 8 * Double($0) }
    let both = model.flatMap { model in residual.map { model + $0 } }
    let best = summary.bestCodedBits(after: frozen.bytes)
    let share = model.flatMap { model in best.map { model / $0 } }
    return [
      NumberFormat.grouped(frozen.bytes), perByte(model), perByte(residual), perByte(both),
      perByte(best), share.map(NumberFormat.percent) ?? "–",
      summary.isSummary(frozen).map { $0 ? "less" : "more" } ?? "–",
      frozen.topOne?.fraction.map(NumberFormat.percent) ?? "–",
      frozen.continuation?.mean.map { NumberFormat.fixed($0, decimals: 1) } ?? "–",
    ]
  }
}

extension FrozenRecord.Continuation {
  /// Bytes before the first wrong one, on average over prompts; nil without any.
  var mean: Double? { prompts > 0 ? Double(right) / Double(prompts) : nil }
}
