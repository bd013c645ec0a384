import Charts
import RunRecords

extension ComparisonSections {
  /// Cells that a page's table holds: more would make it larger than a megabyte.
  private static let cellsShown = 8000

  /// The chart of the files, and the table of all of them as far as a page can hold it.
  func files(_ chart: Chart?) -> [HTMLPage.Block] {
    let rows = comparison.rows(by: options.order)
    let all = comparison.run.corpus.files
    let most = max(50, Self.cellsShown / max(rows.count + 2, 1))
    let largest = all.indices.sorted { (all[$0].bytes, $1) > (all[$1].bytes, $0) }.prefix(most)
    let shown = largest.sorted()
    let summary =
      shown.count == all.count
      ? "Bits per byte of \(NumberFormat.count(all.count, "file", "files"))"
      : "Bits per byte of the \(NumberFormat.grouped(shown.count)) largest of "
        + "\(NumberFormat.grouped(all.count)) files; --format csv --per-file lists all"
    let table = HTMLPage.Block.table(
      .init(
        caption: "Bits per byte of each file",
        columns: [.text("file"), .number("bytes")] + rows.map { .number($0.label) },
        rows: shown.map { index in fileRow(index, rows) }))
    // A short table is worth seeing at once.
    let isShort = chart == nil && shown.count <= 20
    return (chart.map { [.chart($0)] } ?? [])
      + (isShort ? [.paragraph(.init(summary + "."))] + [table] : [.details(summary, [table])])
  }

  private func fileRow(_ index: Int, _ rows: [ComparisonRow]) -> HTMLPage.Table.Row {
    let file = rows.first?.files[index]
    return .init(
      [file?.path ?? "", NumberFormat.grouped(file?.bytes ?? 0)] + rows.map(\.files[index].verdict))
  }
}
