import Charts

extension ComparisonCharts {
  /// More methods than this make bars that cannot be told apart.
  static let methodsShown = 6
  /// Bars that a chart holds.
  static let barsShown = 72
  /// Of smaller files the figures say more about framing than about prediction.
  static let leastBytes = 1024

  /// Bits per byte of the largest files: a group of bars each, in the order of the corpus.
  var files: Chart? {
    let methods = Array(rows.prefix(Self.methodsShown))
    let all = rows.first?.files ?? []
    guard !comparison.isSolid, let shown = shownFiles(all, methods: methods.count) else {
      return nil
    }
    return Chart(
      title: "Bits per byte of each file",
      subtitle: subtitle(files: shown.count, of: all.count, methods: methods.count),
      x: .init("bits per byte", better: .low),
      y: .init("", scale: .categories(shown.map { all[$0].path })),
      series: methods.map { row in
        .init(row.label, kind: .bars, points: Self.points(of: row, shown))
      })
  }

  /// Places of the largest files, or nil if there are too few to compare.
  private func shownFiles(_ all: [ComparisonRow.File], methods: Int) -> [Int]? {
    guard methods > 0 else { return nil }
    let most = max(6, Self.barsShown / methods / 2 * 2)
    let large = all.indices.filter { all[$0].bytes >= Self.leastBytes }
    guard large.count > 1 else { return nil }
    let largest = large.sorted { (all[$0].bytes, $1) > (all[$1].bytes, $0) }.prefix(most)
    return largest.sorted()
  }

  private static func points(of row: ComparisonRow, _ shown: [Int]) -> [Chart.Point] {
    shown.enumerated().compactMap { place, index in
      let file = row.files[index]
      guard let bits = file.bitsPerByte, let coded = file.codedBytes else { return nil }
      return Chart.Point(
        bits, Double(place),
        detail: """
          \(row.label)
          \(file.path)
          \(NumberFormat.fixed(bits, decimals: 4)) bits per byte
          \(NumberFormat.grouped(coded)) of \(NumberFormat.count(file.bytes, "byte", "bytes"))
          """)
    }
  }

  private func subtitle(files shown: Int, of all: Int, methods: Int) -> String? {
    let sentences = [
      shown < all
        ? "The \(NumberFormat.grouped(shown)) largest of \(NumberFormat.count(all, "file", "files")); "
          + "the others are in the table." : nil,
      methods < rows.count
        ? "The first \(methods) of \(NumberFormat.count(rows.count, "method", "methods"))." : nil,
    ].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
