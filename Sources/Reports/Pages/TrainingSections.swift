import Charts
import RunRecords

/// What a page says about trainings on one corpus.
struct TrainingSections: PageSections {
  let report: TrainingReport
  let options: ReportOptions

  var title: String {
    // Without the names of architectures, which are too long for a heading.
    let networks = report.curves.count == 1 ? "a network" : "\(report.curves.count) networks"
    return
      "How \(networks) learned from \(NumberFormat.count(report.run.corpus.bytes, "byte", "bytes"))"
  }

  var lead: HTMLPage.Phrase {
    let names: [HTMLPage.Phrase.Piece] = report.curves.flatMap { curve in
      [.text(", "), .code(curve.label)]
    }
    return .init(
      names.dropFirst() + [
        .text(
          """
          : what it costs to code the text that is being learned from, and the tune part, in bits per byte. 8 is no \
          compression, fewer is better. The tune part is not learned from, but chooses the weights that are kept: \
          only text that is held out tests a network.
          """)
      ])
  }

  var figures: HTMLPage.Block {
    let best = report.curves.filter { $0.best != nil }
      .min { $0.best!.tuneLoss! < $1.best!.tuneLoss! }
    return .figures(
      [
        best.map {
          .init(
            TrainingReport.bits($0.best?.tuneLoss),
            "fewest bits per byte of the tune part"
              + (report.curves.count > 1 ? ": \($0.shortLabel)" : ""))
        },
        best?.best.map { .init(NumberFormat.grouped($0.step), "steps until then") },
        best?.best.map { .init(NumberFormat.duration($0.seconds), "of training until then") },
        best.flatMap(outlook),
      ].compactMap(\.self))
  }

  /// What more steps would bring, or what too many have cost.
  private func outlook(of curve: TrainingCurve) -> HTMLPage.Figure? {
    switch curve.verdict {
    case .underFits(_, let gain), .settled(_, let gain):
      gain < 0.01
        ? nil
        : .init(NumberFormat.fixed(gain, decimals: 2), "fewer, about, after twice the steps")
    case .overFits, .worsens: .init(TrainingReport.bits(curve.lastTune), "at the end")
    case nil: nil
    }
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
