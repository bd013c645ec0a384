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

  package var anchor: String? { report.anchor }

  package var title: String { report.study.summary }

  package var lead: HTMLPage.Phrase {
    .init(
      report.preamble.dropFirst().map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " "))
  }

  package var figures: HTMLPage.Block {
    .table(
      .init(
        caption: "Claims, and what this run says of them",
        columns: [.text("claim"), .text("verdict"), .number("value"), .number("95 % interval")],
        rows: report.findings.answers.map { .init(Self.cells(of: $0)) }))
  }

  private static func cells(of answer: StudyAnswer) -> [String] {
    guard let estimate = answer.verdict?.estimate else {
      return [answer.claim.sentence, answer.word, "–", "–"]
    }
    let ends = [estimate.interval.low, estimate.interval.high].map(shown)
    return [
      answer.claim.sentence, answer.word, shown(estimate.value), "\(ends[0]) to \(ends[1])",
    ]
  }

  private static func shown(_ value: Double) -> String { NumberFormat.fixed(value, decimals: 3) }

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
