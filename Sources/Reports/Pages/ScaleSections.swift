import BPBCore
import Charts
import RunRecords

/// What a page says about one scale run.
struct ScaleSections: PageSections {
  let report: ScaleReport
  let options: ReportOptions

  private var summary: ScaleSummary { report.summary }
  private var charts: ScaleCharts { ScaleCharts(report) }

  var title: String {
    "How compression improves with data: \(name), "
      + NumberFormat.count(summary.run.corpus.bytes, "byte", "bytes")
  }

  private var name: String {
    let files = summary.run.corpus.files
    if let source = summary.plan.source { return SafeText.printable(source.name) }
    return files.count == 1
      ? SafeText.printable(files[0].path.split(separator: "/").last.map(String.init) ?? "")
      : NumberFormat.count(files.count, "file", "files")
  }

  var lead: HTMLPage.Phrase {
    """
    Each method codes the first D bytes, for D from a kibibyte up to everything; each model is also \
    frozen after D bytes and asked for text that it never saw. Sizes are in bits per byte: 8 is no \
    compression, fewer is better. Every size is of real output that was decoded and compared.
    """
  }

  var figures: HTMLPage.Block {
    let last = summary.plan.sizes.last ?? 0
    let best = summary.rows.compactMap { row in row.coded[last].map { (row.label, $0.mean) } }
      .min { $0.1 < $1.1 }
    let unseen = summary.rows.compactMap { row in
      row.heldOut.points.last.map { (row.label, $0.mean) }
    }
    .min { $0.1 < $1.1 }
    return .figures(
      [
        best.map {
          .init(NumberFormat.fixed($0.1, decimals: 3), "fewest bits per byte, all of it coded")
        },
        best.map { .init($0.0, "codes it so") },
        unseen.map {
          .init(NumberFormat.fixed($0.1, decimals: 3), "bits per byte of unseen text, by \($0.0)")
        },
      ].compactMap(\.self))
  }

  var blocks: [HTMLPage.Block] {
    [
      section("More data", charts.coded, .coded, reading: report.curves),
      section("Unseen text", charts.heldOut, .heldOut),
      section("The next bytes", charts.marginal, .marginal),
      lossy,
      .section(
        "Laws", [Self.list(report.laws)] + tables { $0.kind == .laws || $0.kind == .excess }),
      .section("Verdicts", [Self.list(report.verdicts)]),
      .section("What was measured", [Self.list(report.preamble)]),
      .section("How it was made", RunSections(run: summary.run, options: options).blocks),
    ].compactMap(\.self)
  }

  private static func list(_ sentences: [String]) -> HTMLPage.Block {
    .list(sentences.map { .init($0) })
  }

  private func section(
    _ title: String, _ chart: Chart?, _ kind: ScaleCurve.Kind, reading: [String] = []
  ) -> HTMLPage.Block? {
    chart.map { chart in
      .section(
        title,
        [.chart(chart)] + (reading.isEmpty ? [] : [Self.list(reading)])
          + tables { $0.kind == .curve(kind) })
    }
  }

  private var lossy: HTMLPage.Block? {
    let idea: HTMLPage.Phrase = """
      A model of fixed size holds ever fewer bits for each byte that it has learned from, and predicts \
      ever better: it is a lossy summary. With the residual, what it would not have guessed, every byte \
      comes back. A table that grows with what it has seen is a record, not a summary.
      """
    return charts.modelBits.map { chart in
      .section(
        "Lossy and lossless",
        [.paragraph(idea), .chart(chart), Self.list(report.models)]
          + tables { if case .model = $0.kind { true } else { false } })
    }
  }

  private func tables(_ isWanted: (ReportTable) -> Bool) -> [HTMLPage.Block] {
    report.tables.filter(isWanted).map { table in
      .details(
        table.title,
        [
          .table(
            .init(
              caption: table.title,
              columns: table.heads.indices.map {
                table.isText($0) ? .text(table.heads[$0]) : .number(table.heads[$0])
              },
              rows: table.rows.map { .init($0) }))
        ] + (table.note.map { [.paragraph(.init($0))] } ?? []))
    }
  }
}
