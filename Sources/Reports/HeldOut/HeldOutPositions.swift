import RunRecords

/// Bits per byte by the distance from the file's start: how much a model gains from context.
struct HeldOutPositions {
  let header: [String]
  let rows: [(label: String, cells: [String])]

  /// Nil where no row has figures of the kind.
  init?(_ comparison: Comparison, _ options: ReportOptions) {
    let measured = comparison.rows(by: options.order).filter { $0.heldOut != nil }
    let starts = measured.flatMap { $0.heldOut?.positions.map(\.start) ?? [] }
    let columns = Array(Set(starts)).sorted()
    guard !columns.isEmpty else { return nil }
    header =
      ["bpb at"]
      + columns.indices.map { index in
        let next = index + 1 < columns.count ? String(columns[index + 1] - 1) : ""
        return "\(columns[index])–\(next)"
      }
    rows = measured.map { row in
      let cells = columns.map { start in
        row.heldOut?.positions.first { $0.start == start }?.bitsPerByte
          .map { NumberFormat.fixed($0, decimals: 3) } ?? "–"
      }
      return (row.label, cells)
    }
  }
}

extension HeldOutRecord.Position {
  /// Nil for no bytes.
  var bitsPerByte: Double? { bytes > 0 ? bits / Double(bytes) : nil }
}

extension TableRenderer {
  /// The table of positions, as many columns as there is room for; nothing where no row has such figures.
  func positions(in comparison: Comparison) -> [String] {
    guard let positions = HeldOutPositions(comparison, options) else { return [] }
    let names = [positions.header[0]] + positions.rows.map(\.label)
    let name = min(names.map(DisplayWidth.of).max() ?? 0, Self.nameWidth)
    var columns = [TextTable.Column(alignment: .left, width: name)]
    for index in positions.header.indices.dropFirst() {
      let cells = [positions.header[index]] + positions.rows.map { $0.cells[index - 1] }
      let column = TextTable.Column(
        alignment: .right, width: cells.map(DisplayWidth.of).max() ?? 0)
      guard TextTable.width((columns + [column]).map(\.width)) <= width else { break }
      columns.append(column)
    }
    let table = TextTable(columns: columns)
    let shown = columns.count - 1
    return ["", styled(table.line(Array(positions.header.prefix(shown + 1))), .header)]
      + positions.rows.map { row in
        table.line([DisplayWidth.truncate(row.label, to: name)] + row.cells.prefix(shown))
      }
  }
}
