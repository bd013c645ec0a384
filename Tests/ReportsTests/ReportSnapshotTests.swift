import Reports
import Testing
import _TestSupport

@Suite struct ReportSnapshotTests {
  static let plain = ReportOptions()
  static let full = ReportOptions(order: .given, perFile: true)
  static let diffable = ReportOptions(showsSpeed: false)

  private func check(
    _ name: String, _ renderer: some ReportRenderer, _ comparison: Comparison = SampleRun.comparison
  ) {
    let failure = Snapshot.failure(of: renderer.render(comparison), named: name)
    if let failure { Issue.record("\(failure)") }
  }

  @Test func table() {
    check("table-80", TableRenderer(Self.plain, width: 80, color: false))
    check("table-200", TableRenderer(Self.plain, width: 200, color: false))
    check("table-40", TableRenderer(Self.plain, width: 40, color: false))
    check("table-color", TableRenderer(Self.plain, width: 80, color: true))
  }

  @Test func tableOfFiles() {
    check("table-files", TableRenderer(Self.full, width: 80, color: false))
    check("table-solid", TableRenderer(Self.full, width: 80, color: false), SampleRun.solid)
  }

  @Test func tableOfTimes() {
    check("table-timed", TableRenderer(Self.plain, width: 80, color: false), SampleRun.timed)
    check("table-diffable", TableRenderer(Self.diffable, width: 80, color: false), SampleRun.timed)
  }

  @Test func markdown() {
    check("markdown", MarkdownRenderer(Self.plain))
    check("markdown-files", MarkdownRenderer(Self.full))
    check("markdown-timed", MarkdownRenderer(Self.plain), SampleRun.timed)
  }

  @Test func csv() {
    check("csv", CSVRenderer(Self.plain))
    check("csv-files", CSVRenderer(Self.full))
    check("csv-diffable", CSVRenderer(Self.diffable))
  }

  @Test func json() {
    check("json", JSONRenderer(Self.plain))
    check("json-diffable", JSONRenderer(Self.diffable))
    check("json-solid", JSONRenderer(Self.plain), SampleRun.solid)
  }
}
