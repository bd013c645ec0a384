package import Charts
import Evidence
package import Reports
import RunRecords

/// What a page says about one study.
package struct StudySections: PageSections {
  let report: StudyReport
  let options: ReportOptions

  package init(report: StudyReport, options: ReportOptions) {
    self.report = report
    self.options = options
  }

  package var title: String { report.study.summary }

  package var lead: HTMLPage.Phrase {
    .init(report.preamble.dropFirst().joined(separator: ". ") + ".")
  }

  package var figures: HTMLPage.Block {
    .figures(report.findings.answers.map { .init($0.word, $0.claim.sentence) })
  }

  package var blocks: [HTMLPage.Block] {
    report.findings.charts.map { .chart($0.chart) }
      + [.list(report.reading.map { .init($0) })]
      + report.findings.tables.map(Self.block)
      + [.section("How it was made", RunSections(run: report.run, options: options).blocks)]
  }

  private static func block(of table: ReportTable) -> HTMLPage.Block {
    .table(
      .init(
        caption: table.title,
        columns: [.text(table.heads[0])] + table.heads.dropFirst().map { .number($0) },
        rows: table.rows.map { .init($0) }))
  }
}

extension StudyAnswer {
  /// How the claim fared, in a word or two.
  public var word: String {
    switch verdict?.outcome {
    case .supported: "supported"
    case .notSupported: "not supported"
    case .inconclusive: "inconclusive"
    case nil: "no verdict"
    }
  }
}
