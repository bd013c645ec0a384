import RunRecords

extension TableRenderer {
  /// Bits per byte of every file under every method, in as many blocks of methods as it takes.
  func perFile(_ comparison: Comparison) -> [String] {
    guard !comparison.isSolid else {
      let note = "There are no figures of single files: all were coded as one stream."
      return [""] + TextWrap.lines(note, width: width)
    }
    let columns = comparison.rows(by: options.order).map(MethodColumn.init)
    let files = comparison.run.corpus.files.indices
    let widest = columns.map(\.width).max() ?? 0
    let names = NameColumns(comparison, width: min(width / 2, width - widest - TextTable.gap))
    return blocks(columns, width: width - names.width).flatMap { block in
      let table = TextTable(
        columns: names.columns + block.map { .init(alignment: .right, width: $0.width) })
      return ["", styled(table.line(names.header + block.map(\.title)), .header)]
        + files.map { table.line(names.cells(of: $0) + block.map(\.cells[$0])) }
        + [styled(table.line(names.total + block.map(\.total)), .header)]
    }
  }

  /// Methods side by side as `width` allows, one at least.
  private func blocks(_ columns: [MethodColumn], width: Int) -> [[MethodColumn]] {
    var blocks: [[MethodColumn]] = []
    var room = 0
    for column in columns {
      let needed = column.width + TextTable.gap
      if needed > room || blocks.isEmpty {
        blocks.append([])
        room = width
      }
      blocks[blocks.count - 1].append(column)
      room -= needed
    }
    return blocks
  }
}

/// The figures of one method.
private struct MethodColumn {
  let title: String
  let cells: [String]
  let total: String
  let width: Int

  init(_ row: ComparisonRow) {
    title = DisplayWidth.truncate(row.label, to: TableRenderer.nameWidth)
    cells = row.files.map(\.verdict)
    total = row.bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } ?? "–"
    width = ([title, total] + cells).map(DisplayWidth.of).max()!
  }
}

extension ComparisonRow.File {
  /// Bits per byte, or what stands in their place.
  var verdict: String {
    guard let cell else { return "–" }
    if cell.codedBytes == nil || cell.verified == false { return "FAILED" }
    return bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } ?? "–"
  }
}

/// The columns that say which file a line is about.
private struct NameColumns {
  let columns: [TextTable.Column]
  let header = ["file", "bytes"]
  let total: [String]
  /// Terminal columns, without the gap after them.
  let width: Int
  private let files: [(path: String, bytes: String)]

  /// - Parameter available: the most terminal columns that they may take, where they can.
  init(_ comparison: Comparison, width available: Int) {
    let files = comparison.rows.first?.files ?? []
    let sizes = files.map { NumberFormat.grouped($0.bytes) }
    total = ["total", NumberFormat.grouped(comparison.run.corpus.bytes)]
    let sizeWidth = ([header[1], total[1]] + sizes).map(DisplayWidth.of).max()!
    let longest = ([total[0]] + files.map(\.path)).map(DisplayWidth.of).max()!
    let room = available - sizeWidth - TextTable.gap
    let nameWidth = max(5, min(longest, room))
    columns = [
      .init(alignment: .left, width: nameWidth), .init(alignment: .right, width: sizeWidth),
    ]
    width = TextTable.width([nameWidth, sizeWidth])
    self.files = zip(files, sizes).map {
      (DisplayWidth.truncateStart($0.path, to: nameWidth), $1)
    }
  }

  func cells(of file: Int) -> [String] { [files[file].path, files[file].bytes] }
}
