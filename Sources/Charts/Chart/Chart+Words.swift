extension Chart {
  /// What is said of a point: its own detail, or the series and the values.
  func detail(of point: Point, in series: Series) -> String {
    if let detail = point.detail { return detail }
    func line(_ axis: Axis, _ value: Double) -> String {
      let text = axis.text(value)
      return axis.label.isEmpty || axis.categories != nil ? text : "\(axis.label): \(text)"
    }
    var lines = [series.name, line(x, point.x), line(y, point.y)].filter { !$0.isEmpty }
    if let low = point.low, let high = point.high {
      let axis = y.categories == nil ? y : x
      lines.append("\(axis.text(low)) to \(axis.text(high))")
    }
    return lines.joined(separator: "\n")
  }
}

extension ChartLayout {
  /// The chart in words, for those who do not see it.
  var description: String {
    let chart = self.chart
    let axes = [(chart.x, "x"), (chart.y, "y")].map { axis, name in
      let scale = axis.scale == .logarithmic ? ", logarithmic" : ""
      return "\(name): \(axis.label.isEmpty ? "categories" : axis.label)\(scale)."
    }
    let series = names.filter { !$0.isEmpty }.prefix(30).map(sentence)
    let lines = chart.referenceLines.map { "A line at \($0.label)." }
    let lost =
      dropped == 0
      ? nil : "\(dropped) \(dropped == 1 ? "value has" : "values have") no place on these axes."
    let empty = chart.series.isEmpty ? "There is nothing to show." : nil
    return
      ([chart.subtitle, empty].compactMap(\.self) + axes + series + lines
      + [lost].compactMap(\.self))
      .joined(separator: " ")
  }

  /// How many values a series has, and between which ends.
  private func sentence(_ name: String) -> String {
    let points = chart.series.filter { $0.name == name }.flatMap(\.points)
    let axis = chart.y.categories == nil ? chart.y : chart.x
    let values = points.map { chart.y.categories == nil ? $0.y : $0.x }
    guard let low = values.min(), let high = values.max() else { return "\(name)." }
    let ends = low == high ? axis.text(low) : "\(axis.text(low)) to \(axis.text(high))"
    return "\(name): \(points.count) \(points.count == 1 ? "value" : "values"), \(ends)."
  }
}
