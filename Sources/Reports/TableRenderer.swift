import BPBCore

/// The table for a terminal.
public struct TableRenderer: ReportRenderer {
  let options: ReportOptions
  let width: Int
  private let color: Bool

  /// Method names are cut to this many columns before a figure is left out.
  static let nameWidth = 24
  /// Below this a line says nothing.
  private static let leastWidth = 20

  /// A renderer for a terminal of `width` columns.
  public init(_ options: ReportOptions, width: Int, color: Bool) {
    self.options = options
    self.width = max(width, Self.leastWidth)
    self.color = color
  }

  public func render(_ comparison: Comparison) -> String {
    let notes = ReportNotes(comparison: comparison, options: options)
    var lines = TextWrap.lines(notes.summary, width: width) + [""] + totals(of: comparison)
    lines += positions(in: comparison)
    if options.perFile { lines += perFile(comparison) }
    lines.append("")
    lines += notes.footnotes.flatMap { TextWrap.lines($0, width: width) }
    return lines.map { $0 + "\n" }.joined()
  }

  func styled(_ line: String, _ style: LineStyle?) -> String {
    guard color, let style else { return line }
    return style.apply(to: line)
  }

  private func totals(of comparison: Comparison) -> [String] {
    let rows = comparison.rows(by: options.order)
    let columns = ReportColumn.all(for: rows, in: comparison, options).map {
      SizedColumn($0, rows: rows)
    }
    let nameWidth = max(6, rows.map { DisplayWidth.of($0.label) }.max() ?? 0)
    let kept = fitting(columns, nameWidth: nameWidth)
    let room = width - TextTable.width([0] + kept.map(\.width))
    let name = TextTable.Column(alignment: .left, width: max(1, min(nameWidth, room)))
    let table = TextTable(
      columns: [name] + kept.map { .init(alignment: .right, width: $0.width) })

    let header = [0, 1].map { part in
      styled(table.line([part == 0 ? "" : "method"] + kept.map { $0.title[part] }), .header)
    }
    return header
      + rows.indices.map { index in
        let label = DisplayWidth.truncate(rows[index].label, to: name.width)
        return styled(table.line([label] + kept.map { $0.cells[index] }), style(of: rows[index]))
      }
  }

  /// Leaves out the least important columns until the rest fits.
  private func fitting(_ columns: [SizedColumn], nameWidth: Int) -> [SizedColumn] {
    var kept = columns
    while kept.count > 1, let last = kept.max(by: { $0.importance < $1.importance }) {
      let isExtra = last.importance >= ReportColumn.Importance.excess.rawValue
      let name = isExtra ? nameWidth : min(nameWidth, Self.nameWidth)
      if TextTable.width([name] + kept.map(\.width)) <= width { break }
      kept.removeAll { $0.importance == last.importance }
    }
    return kept
  }

  private func style(of row: ComparisonRow) -> LineStyle? {
    if !row.failures.isEmpty { return .failed }
    if !row.isComplete { return .dim }
    return row.isBest ? .best : nil
  }
}

/// A column with the cells of all rows, measured.
private struct SizedColumn {
  let importance: Int
  /// Two lines; the first is blank for a title of one word.
  let title: [String]
  let cells: [String]
  let width: Int

  init(_ column: ReportColumn, rows: [ComparisonRow]) {
    importance = column.importance.rawValue
    let isMarked = column.importance == .bitsPerByte
    let words = column.title.split(separator: " ").map(String.init)
    let mark = isMarked ? " " : ""
    title = [words.count > 1 ? words[0] : "", words.last! + mark]
    cells = rows.map { row in
      (column.value(row) ?? "–") + (isMarked ? row.mark ?? mark : mark)
    }
    width = (title + cells).map(DisplayWidth.of).max()!
  }
}

extension ComparisonRow {
  /// What stands behind its bits per byte: that they are the fewest, or that they are not all.
  var mark: String? { isBest ? "*" : leavesOutModel ? "†" : nil }
}
