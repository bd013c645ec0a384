import BPBCore
import Charts
import RunRecords

/// What a page says about one comparison.
struct ComparisonSections: PageSections {
  let comparison: Comparison
  let options: ReportOptions

  private var run: RunRecord { comparison.run }
  private var notes: ReportNotes { ReportNotes(comparison: comparison, options: options) }

  var title: String {
    let methods = NumberFormat.count(comparison.rows.count, "method", "methods")
    return "\(methods) on \(NumberFormat.count(run.corpus.bytes, "byte", "bytes"))"
  }

  var lead: HTMLPage.Phrase {
    let files = NumberFormat.count(run.corpus.files.count, "file", "files")
    return .init(
      "\(files), \(notes.policy). Sizes are in bits per byte: 8 is no compression, fewer is better."
    )
  }

  /// The numbers that matter most.
  var figures: HTMLPage.Block {
    let best = comparison.rows(by: .bitsPerByte).first { $0.isBest }
    let ratio = best?.ratio.map { NumberFormat.fixed($0, decimals: 2) + " to 1" }
    let verified = comparison.rows.reduce(0) { $0 + $1.verifiedCount }
    let expected = comparison.rows.reduce(0) { $0 + $1.expectedCount }
    return .figures(
      [
        best.map {
          .init(NumberFormat.fixed($0.bitsPerByte!, decimals: 4), "fewest bits per byte")
        },
        best.map { .init($0.label, "needs them") },
        ratio.map { .init($0, "its compression ratio") },
        .init(
          "\(NumberFormat.grouped(verified)) of \(NumberFormat.grouped(expected))",
          "outputs decoded and found equal"),
      ].compactMap(\.self))
  }

  var blocks: [HTMLPage.Block] {
    let charts = ComparisonCharts(comparison, options)
    let speeds = [charts.speed(of: .encoding), charts.speed(of: .decoding)].compactMap(\.self)
    var sections: [HTMLPage.Block] = [
      .section("Methods", [.table(totals)] + (charts.methods.map { [.chart($0)] } ?? []))
    ]
    if !speeds.isEmpty { sections.append(.section("Size and speed", speeds.map { .chart($0) })) }
    if !comparison.isSolid { sections.append(.section("Files", files(charts.files))) }
    return sections + [
      .section("Notes", [.list(notes.footnotes.map { .init($0) })]),
      .section("How it was made", RunSections(run: run, options: options).blocks),
    ]
  }

  private var totals: HTMLPage.Table {
    let rows = comparison.rows(by: options.order)
    let columns = ReportColumn.all(for: rows, in: comparison, options)
    return .init(
      caption: "Figures of each method",
      columns: [.text("method")] + columns.map { .number($0.title) },
      rows: rows.map { row in
        .init([row.label] + columns.map { $0.value(row) ?? "–" }, row.emphasis)
      })
  }
}

extension ComparisonRow {
  /// Cells whose output was decoded and found equal.
  fileprivate var verifiedCount: Int {
    let cells = files.compactMap(\.cell)
    // A solid stream is one cell, and of no file.
    if cells.isEmpty { return verification == .verified ? cellCount : 0 }
    return cells.count { $0.verified == true }
  }

  fileprivate var emphasis: HTMLPage.Table.Emphasis {
    if !failures.isEmpty { return .failed }
    if !isComplete { return .faint }
    return isBest ? .best : .plain
  }
}
