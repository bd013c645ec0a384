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
    let empty = chart.series.isEmpty && chart.field == nil ? "There is nothing to show." : nil
    return
      ([chart.subtitle, empty].compactMap(\.self) + axes + [fieldSentence].compactMap(\.self)
      + series + lines
      + [lost].compactMap(\.self))
      .joined(separator: " ")
  }

  /// What the colours show, where it is least and greatest, and which lines are drawn.
  private var fieldSentence: String? {
    guard let field else { return nil }
    let known = chart.field?.known ?? []
    guard let least = known.min(by: { $0.z < $1.z }), let most = known.max(by: { $0.z < $1.z })
    else { return nil }
    func end(_ place: (x: Double, y: Double, z: Double)) -> String {
      "\(field.scale.axis.text(place.z)) at x \(chart.x.text(place.x)), y \(chart.y.text(place.y))"
    }
    let label = field.scale.axis.label.isEmpty ? "values" : field.scale.axis.label
    let levels = field.contours.filter { !$0.lines.isEmpty }.compactMap(\.level.label)
    let lines = levels.isEmpty ? "" : " Contour lines at \(levels.joined(separator: ", "))."
    return "Colours: \(label), from \(end(least)) to \(end(most)).\(lines)"
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
