/// A scale report for a terminal.
public struct ScaleTextRenderer: Sendable {
  private let width: Int
  private let color: Bool

  /// A renderer for a terminal of `width` columns.
  public init(width: Int, color: Bool) {
    self.width = max(width, 40)
    self.color = color
  }

  /// The whole report, its last line ended.
  public func render(_ report: ScaleReport) -> String {
    render(report.preamble, report.tables, report.reading)
  }

  /// Sentences, tables, and sentences about them.
  package func render(
    _ preamble: [String], _ tables: [ReportTable], _ reading: [String]
  ) -> String {
    var lines = preamble.flatMap(wrapped)
    for table in tables {
      lines += [""] + wrapped(table.title + ":").map { styled($0, .header) } + text(of: table)
      if let note = table.note { lines += wrapped(note) }
    }
    lines += [""] + reading.flatMap(wrapped)
    return lines.map { $0 + "\n" }.joined()
  }

  private func wrapped(_ text: String) -> [String] { TextWrap.lines(text, width: width) }

  private func styled(_ line: String, _ style: LineStyle) -> String {
    color ? style.apply(to: line) : line
  }

  /// The table, its columns beside each other as far as they fit; those that do not, in a part below it
  /// under the same first column.
  private func text(of table: ReportTable) -> [String] {
    let widths = table.heads.indices.map { column in
      let widest = ([table.heads] + table.rows).map { DisplayWidth.of($0[column]) }.max() ?? 0
      return min(widest, column == 0 ? width * 3 / 5 : width * 2 / 5 - TextTable.gap)
    }
    return parts(of: widths).flatMap { columns -> [String] in
      let text = TextTable(
        columns: columns.map {
          .init(alignment: table.isText($0) ? .left : .right, width: widths[$0])
        })
      let lines = ([table.heads] + table.rows).map { row in
        text.line(columns.map { DisplayWidth.truncate(row[$0], to: widths[$0]) })
      }
      return [styled(lines[0], .dim)] + lines.dropFirst()
    }
  }

  /// Columns that stand beside each other, the first of the table in every part.
  private func parts(of widths: [Int]) -> [[Int]] {
    var parts: [[Int]] = []
    var part = [0]
    for column in widths.indices.dropFirst() {
      if part.count > 1, TextTable.width((part + [column]).map { widths[$0] }) > width {
        parts.append(part)
        part = [0]
      }
      part.append(column)
    }
    return parts + [part]
  }
}

extension ReportTable {
  /// Whether a column holds words, not numbers.
  func isText(_ column: Int) -> Bool {
    rows.contains { row in
      guard let first = row[column].unicodeScalars.first else { return false }
      return first.properties.isAlphabetic
    }
  }
}
