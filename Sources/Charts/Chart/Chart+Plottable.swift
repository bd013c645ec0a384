extension Chart {
  /// The chart with nothing in it that has no place on its axes, and how many values that took away.
  func plottable() -> (chart: Chart, dropped: Int) {
    var chart = self
    var dropped = 0
    for index in series.indices {
      let points = series[index].points.filter { x.hasPlace(for: $0.x) && y.hasPlace(for: $0.y) }
      let band = series[index].band.filter { x.hasPlace(for: $0.x) && isBand($0) }
      dropped += series[index].points.count - points.count + series[index].band.count - band.count
      chart.series[index].points = points.map(withoutBadWhisker)
      chart.series[index].band = band
    }
    chart.series.removeAll { $0.points.isEmpty && $0.band.isEmpty }
    chart.referenceLines.removeAll {
      !($0.direction == .x ? x : y).hasPlace(for: $0.value)
    }
    chart.annotations.removeAll { !x.hasPlace(for: $0.x) || !y.hasPlace(for: $0.y) }
    if let field {
      let (plottable, lost) = field.plottable(x: x, y: y)
      chart.field = plottable
      dropped += lost
    }
    return (chart, dropped)
  }

  /// A lower end that a logarithmic axis cannot show is below the picture; an upper one is an error.
  private func isBand(_ interval: Interval) -> Bool {
    interval.low.isFinite && y.hasPlace(for: interval.high) && interval.low <= interval.high
  }

  private func withoutBadWhisker(_ point: Point) -> Point {
    var point = point
    let axis = y.categories == nil ? y : x
    if let low = point.low, let high = point.high, low.isFinite, axis.hasPlace(for: high),
      low <= high
    {
      return point
    }
    (point.low, point.high) = (nil, nil)
    return point
  }

  /// Names of series in the order of their first mention: the legend.
  var names: [String] {
    series.reduce(into: []) { names, series in
      if !names.contains(series.name) { names.append(series.name) }
    }
  }
}
