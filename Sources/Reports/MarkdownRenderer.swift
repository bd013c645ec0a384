import BPBCore
import RunRecords

/// Tables for GitHub and other readers of its Markdown.
public struct MarkdownRenderer: ReportRenderer {
  private let options: ReportOptions

  /// A renderer; the options are those of every form.
  public init(_ options: ReportOptions) { self.options = options }

  public func render(_ comparison: Comparison) -> String {
    let notes = ReportNotes(comparison: comparison, options: options)
    var paragraphs = [notes.summary, totals(of: comparison)]
    if let positions = HeldOutPositions(comparison, options) {
      let body = positions.rows.map { [Self.code($0.label)] + $0.cells }
      paragraphs.append(Self.table(header: positions.header, body: body))
    }
    if options.perFile && !comparison.isSolid { paragraphs.append(perFile(comparison)) }
    paragraphs.append(Self.fenced(notes.footnotes))
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  private func totals(of comparison: Comparison) -> String {
    let rows = comparison.rows(by: options.order)
    let columns = ReportColumn.all(for: rows, in: comparison, options)
    let body = rows.map { row in
      [Self.code(row.label)]
        + columns.map { column in
          let text = column.value(row).map(Self.text) ?? "–"
          guard column.importance == .bitsPerByte else { return text }
          return row.isBest ? "**\(text)**" : row.leavesOutModel ? text + "†" : text
        }
    }
    return Self.table(header: ["method"] + columns.map(\.title), body: body)
  }

  private func perFile(_ comparison: Comparison) -> String {
    let rows = comparison.rows(by: options.order)
    let body = comparison.run.corpus.files.indices.map { index in
      let file = rows.first?.files[index]
      return [Self.code(file?.path ?? ""), NumberFormat.grouped(file?.bytes ?? 0)]
        + rows.map(\.files[index].verdict)
    }
    return Self.table(header: ["file", "bytes"] + rows.map { Self.code($0.label) }, body: body)
  }

  /// A table whose first column is text and whose others are figures.
  package static func table(
    header: [String], body: [[String]], textColumns: Int = 1
  ) -> String {
    let rule = header.indices.map { $0 < textColumns ? "---" : "---:" }
    return ([header, rule] + body)
      .map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  /// A name, exactly: neither markup nor a mention nor a link, whatever it holds.
  static func code(_ name: String) -> String {
    let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && !isMarkup($0) }
    return isPlain ? "`\(name)`" : "<code>\(text(name))</code>"
  }

  /// Text in which every character of markup is a numeric entity.
  package static func text(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if let byte = UInt8(exactly: scalar.value), isMarkup(byte) {
        result += "&#\(byte);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool { "|`<>&*_[]~\\\"#$@!".utf8.contains(byte) }

  /// Sentences as they are, in a block that nothing in them can end.
  package static func fenced(_ lines: [String]) -> String {
    let runs = lines.flatMap { $0.split { $0 != "`" } }
    let fence = String(repeating: "`", count: max(3, (runs.map(\.count).max() ?? 0) + 1))
    return ([fence + "text"] + lines + [fence]).joined(separator: "\n")
  }
}
