import Charts
import RunRecords

/// The pictures of a comparison, each with a name for files.
public struct ComparisonCharts: Sendable {
  /// The names that entries can have, in their order.
  public static let names = ["methods", "encoding-speed", "decoding-speed", "files"]

  let comparison: Comparison
  let options: ReportOptions

  /// The charts of `comparison`; of the options, order and whether speeds are shown matter.
  public init(_ comparison: Comparison, _ options: ReportOptions) {
    self.comparison = comparison
    self.options = options
  }

  /// Those that there is something to show in.
  public var entries: [ChartEntry] {
    let charts = [methods, speed(of: .encoding), speed(of: .decoding), files]
    return zip(Self.names, charts).compactMap { name, chart in
      chart.map { ChartEntry(name: name, chart: $0) }
    }
  }

  /// Rows whose figures are of the whole corpus, and can be compared.
  var rows: [ComparisonRow] {
    comparison.rows(by: options.order).filter { $0.isSound && $0.bitsPerByte != nil }
  }

  /// Bits per byte of each method: one bar each.
  var methods: Chart? {
    guard !rows.isEmpty else { return nil }
    let points = rows.enumerated().map { index, row in
      Chart.Point(
        row.bitsPerByte!, Double(index),
        label: NumberFormat.fixed(row.bitsPerByte!, decimals: 4), detail: Self.detail(of: row))
    }
    return Chart(
      title: "Bits per byte of the whole corpus",
      x: .init("bits per byte", better: .low),
      y: .init("", scale: .categories(rows.map(\.label))),
      series: [.init("", kind: .bars, points: points)])
  }

  /// What is said of a method that is pointed at.
  static func detail(of row: ComparisonRow, _ others: [String?] = []) -> String {
    let lines = [
      row.label, row.bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) + " bits per byte" },
      row.codedBytes.map {
        "\(NumberFormat.grouped($0)) of \(NumberFormat.count(row.bytes, "byte", "bytes"))"
      },
    ]
    return (lines + others).compactMap(\.self).joined(separator: "\n")
  }
}
