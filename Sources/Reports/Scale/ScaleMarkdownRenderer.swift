/// A scale report for GitHub and other readers of its Markdown.
public struct ScaleMarkdownRenderer: Sendable {
  /// A renderer.
  public init() {}

  /// The whole report, its last line ended.
  public func render(_ report: ScaleReport) -> String {
    render(report.preamble, report.tables, report.reading)
  }

  /// Sentences, tables, and sentences about them.
  package func render(
    _ preamble: [String], _ tables: [ReportTable], _ reading: [String]
  ) -> String {
    let parts =
      [MarkdownRenderer.fenced(preamble)] + tables.flatMap(text)
      + [MarkdownRenderer.fenced(reading)]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func text(of table: ReportTable) -> [String] {
    [
      "**\(MarkdownRenderer.text(table.title))**",
      MarkdownRenderer.table(
        header: table.heads.map(MarkdownRenderer.text),
        body: table.rows.map { $0.map(MarkdownRenderer.text) }),
    ] + (table.note.map { [MarkdownRenderer.text($0)] } ?? [])
  }
}
