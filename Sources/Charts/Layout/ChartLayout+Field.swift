extension ChartLayout {
  /// Room for what stands above the plot: what y measures and what colours do, in one line if they
  /// fit.
  static func titleHeight(of chart: Chart, _ format: DrawingFormat) -> Double {
    let titles = [chart.y.title(isVertical: true), chart.field?.z.title(isVertical: true) ?? ""]
    if titles == ["", ""] { return 4 }
    return areTitlesApart(chart, format) ? 26 + format.lineHeight : 26
  }

  /// Whether the titles of y and of colours take a line each.
  private static func areTitlesApart(_ chart: Chart, _ format: DrawingFormat) -> Bool {
    guard let field = chart.field else { return false }
    let titles = [chart.y.title(isVertical: true), field.z.title(isVertical: true)]
    let width = titles.reduce(0) { $0 + TextMetrics.width($1, size: format.textSize) }
    return !titles.contains("") && width + 24 > format.width - 2 * format.padding
  }

  /// What the colours stand for, above the end of the plot; nil without a field.
  var colourTitle: (text: String, baseline: Double)? {
    guard let field else { return nil }
    let text = TextMetrics.truncated(
      field.scale.axis.title(isVertical: true), to: format.width - 2 * format.padding,
      size: format.textSize)
    let line = Self.areTitlesApart(chart, format) ? format.lineHeight : 0
    return (text, plot.top - 12 - line)
  }
}

extension Chart {
  /// An axis that ends where the field does, unless something lies beyond.
  func axis(_ axis: Axis, of places: [Double]?, holding values: [Double]) -> Axis {
    guard axis.range == nil, axis.categories == nil, let low = places?.first,
      let high = places?.last, values.allSatisfy((low...high).contains)
    else { return axis }
    var axis = axis
    axis.range = low...high
    return axis
  }
}
