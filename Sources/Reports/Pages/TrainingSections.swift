import Charts
import RunRecords

/// What a page says about trainings on one corpus.
struct TrainingSections: PageSections {
  let report: TrainingReport
  let options: ReportOptions

  var title: String {
    let only = report.curves.count == 1 ? report.curves[0].label : nil
    let bytes = NumberFormat.count(report.run.corpus.bytes, "byte", "bytes")
    return "How \(only ?? "\(report.curves.count) networks") learned from \(bytes)"
  }

  var lead: HTMLPage.Phrase {
    """
    What a network pays for the text that it is learning from, and for text that it does not learn from, \
    in bits per byte: 8 is no compression, fewer is better.
    """
  }

  var figures: HTMLPage.Block {
    let best = report.curves.filter { $0.best != nil }
      .min { $0.best!.heldOutLoss! < $1.best!.heldOutLoss! }
    return .figures(
      [
        best.map {
          .init(TrainingReport.bits($0.best?.heldOutLoss), "fewest bits per byte of unseen text")
        },
        report.curves.count > 1 ? best.map { .init($0.label, "needs them") } : nil,
        best?.best.map { .init(NumberFormat.grouped($0.step), "steps until then") },
        best?.best.map { .init(NumberFormat.duration($0.seconds), "of training until then") },
      ].compactMap(\.self))
  }

  var blocks: [HTMLPage.Block] {
    let table = report.table
    return [
      .section(
        "Losses",
        [
          .chart(TrainingCharts(report).losses), .list(report.verdicts.map { .init($0) }),
          .table(
            .init(
              caption: table.title,
              columns: [.text(table.heads[0])] + table.heads.dropFirst().map { .number($0) },
              rows: table.rows.map { .init($0) })),
        ]),
      .section("How it was made", RunSections(run: report.run, options: options).blocks),
    ]
  }
}
