/// Everything about a drawing that takes a decision: sizes, ends of axes, ticks, places of labels.
struct ChartLayout {
  /// What can be shown of the chart that was asked for.
  let chart: Chart
  /// Values that have no place on the axes.
  let dropped: Int
  let format: DrawingFormat
  /// The legend.
  let names: [String]
  let header: HeaderLayout
  let bars: BarLayout
  let plot: Rectangle
  let height: Double
  let x: PlacedAxis
  let y: PlacedAxis
  /// Whether lines are named in the right margin.
  let namesLines: Bool
  /// What lies beneath the series.
  let field: FieldLayout?

  init(_ wholeChart: Chart, format: DrawingFormat) {
    let (chart, dropped) = wholeChart.plottable()
    let bars = BarLayout(chart)
    let namesLines = Self.canNameLines(of: chart, format)
    let needsLegend = chart.names.count > 1 && !(namesLines && chart.hasOnlyLines)
    header = HeaderLayout(chart, names: needsLegend ? chart.names : [], format: format)
    let top = header.bottom + Self.titleHeight(of: chart, format)
    let bottom = top + Self.plotHeight(of: chart, bars, format)
    let colours = chart.field.map { ColourScale($0, from: bottom, to: top, format) }
    y = PlacedAxis(
      chart.axis(chart.y, of: chart.field?.y, holding: chart.yValues), values: chart.yValues,
      headroom: bars.headroom(isVertical: true, format),
      from: chart.y.categories == nil ? bottom : top,
      to: chart.y.categories == nil ? top : bottom, format, isVertical: true)
    let left = format.padding + y.labelWidth + 10
    let margin = namesLines ? Self.nameWidth(chart, format) + 10 : 14
    let barWidth = colours.map { $0.labelWidth + format.colourBarWidth + 7 } ?? 0
    let right = format.width - format.padding - margin - barWidth
    x = PlacedAxis(
      chart.axis(chart.x, of: chart.field?.x, holding: chart.xValues), values: chart.xValues,
      headroom: bars.headroom(isVertical: false, format),
      from: left,
      to: right, format, isVertical: false)
    plot = Rectangle(left: left, top: top, right: right, bottom: bottom)
    let hasTitle = !chart.x.title(isVertical: false).isEmpty
    height =
      bottom + 8 + format.lineHeight + (hasTitle ? format.lineHeight + 6 : 0) + format.padding
    (self.chart, self.dropped, self.format, self.bars) = (chart, dropped, format, bars)
    self.namesLines = namesLines
    names = chart.names
    let bar = Rectangle(
      left: right + margin, top: top, right: right + margin + format.colourBarWidth, bottom: bottom)
    let (xMap, yMap) = (x.map, y.map)
    field = chart.field.flatMap { field in
      colours.map { FieldLayout(field, $0, x: xMap, y: yMap, bar: bar) }
    }
  }

  private static func plotHeight(
    of chart: Chart, _ bars: BarLayout, _ format: DrawingFormat
  ) -> Double {
    guard let rows = chart.y.categories?.count else { return format.plotHeight }
    return Double(max(rows, 1)) * bars.rowHeight(format) + 8
  }

  /// Names of lines that end on the right may stand there if they are few.
  private static func canNameLines(of chart: Chart, _ format: DrawingFormat) -> Bool {
    let named = Set(chart.series.filter(\.isLine).map(\.name)).subtracting([""])
    // Beside a field stands the bar of its colours.
    return chart.field == nil && format.hasRoomForNames && named.count > 1
      && Double(named.count) * format.lineHeight <= format.plotHeight * 0.6
  }

  private static func nameWidth(_ chart: Chart, _ format: DrawingFormat) -> Double {
    let widths = chart.series.filter(\.isLine).map {
      TextMetrics.width($0.name, size: format.textSize)
    }
    return min(widths.max() ?? 0, format.width * 0.22)
  }

  /// Pixels from one category to the next.
  var pitch: Double {
    let axis = bars.isHorizontal ? y : x
    return abs(axis.map.place(of: 1) - axis.map.place(of: 0))
  }

  /// Where a point is drawn.
  func place(of point: Chart.Point) -> (x: Double, y: Double) {
    (x.map.place(of: point.x), y.map.place(of: point.y))
  }
}

extension Chart.Series {
  var isLine: Bool { kind == .line || kind == .markedLine }
}

extension Chart {
  /// Whether every series can be named at the end of a line.
  fileprivate var hasOnlyLines: Bool {
    series.allSatisfy { series in self.series.contains { $0.name == series.name && $0.isLine } }
  }

  /// All that the x axis must have on it.
  fileprivate var xValues: [Double] {
    let whiskers = y.categories == nil ? [] : ends
    return series.flatMap { $0.points.map(\.x) + $0.band.map(\.x) } + (field?.x ?? [])
      + referenceLines.filter { $0.direction == .x }.map(\.value) + annotations.map(\.x)
      + whiskers.filter(x.hasPlace)
  }

  /// All that the y axis must have on it.
  fileprivate var yValues: [Double] {
    let whiskers = y.categories == nil ? ends : []
    return series.flatMap { $0.points.map(\.y) + $0.band.flatMap { [$0.low, $0.high] } }
      .filter(y.hasPlace)
      + referenceLines.filter { $0.direction == .y }.map(\.value) + annotations.map(\.y)
      + whiskers.filter(y.hasPlace) + (field?.y ?? [])
  }

  private var ends: [Double] {
    series.flatMap(\.points).flatMap { [$0.low, $0.high].compactMap(\.self) }
  }
}
