extension ReportFormat {
  /// The report on a scale run in this form.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, for the table.
  ///   - color: whether the table may use terminal colours.
  public func text(of report: ScaleReport, width: Int, color: Bool) -> String {
    switch self {
    case .table: ScaleTextRenderer(width: width, color: color).render(report)
    case .markdown: ScaleMarkdownRenderer().render(report)
    case .csv: ScaleCSVRenderer().render(report)
    case .json: ScaleJSONRenderer().render(report)
    }
  }
}
