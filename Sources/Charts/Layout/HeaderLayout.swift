/// Title, subtitle and legend above a plot.
struct HeaderLayout {
  static let titleSize = 19.0
  static let subtitleSize = 13.5
  private static let entryGap = 20.0

  let title: [String]
  let subtitle: [String]
  /// Places of the entries: left end of the sample, and its middle.
  private(set) var entries: [(series: Int, name: String, x: Double, y: Double)] = []
  /// Width of a sample of line and marker.
  let swatchWidth: Double
  private(set) var bottom: Double

  /// - Parameter names: of the legend; empty for none.
  init(_ chart: Chart, names: [String], format: DrawingFormat) {
    swatchWidth = chart.swatchWidth
    guard format.hasHeader else {
      (title, subtitle, bottom) = ([], [], format.padding)
      return
    }
    let width = format.width - 2 * format.padding
    title = TextMetrics.lines(chart.title, width: width, size: Self.titleSize)
    subtitle = TextMetrics.lines(chart.subtitle ?? "", width: width, size: Self.subtitleSize)
    bottom = format.padding + Double(title.count) * 24 + Double(subtitle.count) * 19
    if !names.isEmpty { place(names, format: format) }
    bottom += 10
  }

  /// Puts entries side by side, in as many rows as it takes.
  private mutating func place(_ names: [String], format: DrawingFormat) {
    var x = format.padding
    var y = bottom + 20
    for (index, name) in names.enumerated() where !name.isEmpty {
      let name = TextMetrics.truncated(name, to: 260, size: format.textSize)
      let width =
        swatchWidth + 7 + TextMetrics.width(name, size: format.textSize) + Self.entryGap
      if x > format.padding, x + width > format.width - format.padding + Self.entryGap {
        x = format.padding
        y += format.lineHeight + 4
      }
      entries.append((index, name, x, y))
      x += width
    }
    bottom = y + 10
  }
}

extension Chart {
  /// Width of a legend's sample: lines need more than markers.
  var swatchWidth: Double { series.contains(where: \.isLine) ? 26 : 12 }
}
