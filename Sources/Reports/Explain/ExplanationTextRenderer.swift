import Charts

/// An explanation for a terminal: the text, then what its bits are spent on.
public struct ExplanationTextRenderer: Sendable {
  /// What the figures before a stretch's text take, about.
  private static let figureColumns = 40

  private let width: Int
  private let colours: HeatTerminal?

  /// A renderer.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - colours: the terminal's; nil draws with figures instead.
  public init(width: Int, colours: HeatTerminal?) {
    self.width = max(width, 40)
    self.colours = colours
  }

  /// The whole report, its last line ended.
  public func render(_ explanation: ByteExplanation) -> String {
    let summary = ExplanationSummary(explanation)
    let words = ExplanationWords(summary: summary)
    let tables = ExplanationTables(
      summary: summary, excerptWidth: max(width - Self.figureColumns, 20))
    let filled = tables.all.filter { !$0.rows.isEmpty }
    let notes = words.notes.flatMap { TextWrap.lines($0, width: width) }
    let parts =
      [TextWrap.lines(words.drawn, width: width) + drawing(explanation)]
      + (explanation.text.isEmpty ? [] : filled.map(lines)) + [notes]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private func drawing(_ explanation: ByteExplanation) -> [String] {
    guard !explanation.range.isEmpty else { return [] }
    let renderer = HeatTextRenderer(
      layout: HeatLayout(explanation, width: width), colours: colours,
      methods: explanation.accounts.count)
    let names = explanation.accounts.map(\.name)
    let legend = renderer.legend(names)
    // Codes have no width, so a coloured legend is not broken; it is as wide as most terminals.
    return (colours == nil ? TextWrap.lines(legend, width: width) : [legend]) + [""]
      + renderer.lines
  }

  private func lines(_ table: HTMLPage.Table) -> [String] {
    let titles = table.columns.map(\.title)
    let widths = titles.indices.map { column in
      ([titles] + table.rows.map(\.cells)).map { DisplayWidth.of($0[column]) }.max()!
    }
    let layout = TextTable(
      columns: zip(table.columns, widths).map { column, width in
        if case .number = column { return .init(alignment: .right, width: width) }
        return .init(alignment: .left, width: width)
      })
    let heading = layout.line(titles)
    let caption = table.caption
    guard colours != nil else {
      return [caption, heading] + table.rows.map { layout.line($0.cells) }
    }
    return [LineStyle.header.apply(to: caption), LineStyle.dim.apply(to: heading)]
      + table.rows.map { layout.line($0.cells) }
  }
}
