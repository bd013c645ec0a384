import Reports
import RunRecords
import Testing

@Suite struct MarkdownRendererTests {
  @Test func everyRowHasTheHeadersCells() {
    let text = MarkdownRenderer(ReportOptions(perFile: true)).render(SampleRun.comparison)
    let tables = text.split(separator: "\n\n").filter { $0.hasPrefix("|") }
    #expect(tables.count == 2)
    for table in tables {
      let pipes = table.split(separator: "\n").map { $0.count { $0 == "|" } }
      #expect(Set(pipes).count == 1 && pipes.count > 5)
    }
  }

  @Test func markupOfNamesIsInertInTables() {
    let text = MarkdownRenderer(ReportOptions(perFile: true)).render(SampleRun.comparison)
    let tables = text.split(separator: "\n\n").filter { $0.hasPrefix("|") }.joined()
      .replacing("<code>", with: "").replacing("</code>", with: "")
    #expect(!tables.contains { "<>@\\[]".contains($0) })
    // Code spans are the only backticks, and none holds another.
    #expect(tables.matches(of: /`[^`|\n]+`/).count * 2 == tables.count { $0 == "`" })
  }

  @Test func nothingInANoteEndsItsBlock() {
    var run = SampleRun.run
    run.methods = [SampleRun.zlib]
    run.methods[0].framing = "zlib ````` <script>"
    let text = MarkdownRenderer(ReportOptions()).render(Comparison(run: run, cells: []))
    #expect(text.contains("\n``````text\nzlib ````` <script>\n"))
    #expect(text.hasSuffix("\n``````\n"))
  }
}
