extension ChartLayout {
  /// The names of lines: in the right margin where a line ends there, else beside its end.
  func lineNames(_ placer: inout LabelPlacer) -> [PlacedLabel] {
    var margin: [(series: Int, text: String, end: (x: Double, y: Double))] = []
    var labels: [PlacedLabel] = []
    for (index, name) in names.enumerated() where !name.isEmpty {
      guard let end = end(of: name) else { continue }
      let room = format.width - format.padding - plot.right - 8
      let text = TextMetrics.truncated(name, to: room, size: format.textSize)
      if end.x > plot.right - plot.width * 0.15 {
        margin.append((index, text, (end.x, min(max(end.y, plot.top), plot.bottom))))
      } else if var label = placer.place(text, at: Self.besideEnd(end))
        ?? placer.place(text, at: turns(of: name).flatMap(Self.besideEnd), isNeeded: true)
      {
        label.series = index
        labels.append(label)
      }
    }
    let sorted = margin.sorted { $0.end.y < $1.end.y }
    let places = Self.spread(
      sorted.map(\.end.y), by: format.lineHeight, within: plot.top - 6...plot.bottom + 6)
    for (entry, middle) in zip(sorted, places) {
      let candidate = LabelPlacer.Candidate(x: plot.right + 8, middle: middle, anchor: .start)
      guard var label = placer.place(entry.text, at: [candidate], isNeeded: true) else { continue }
      label.series = entry.series
      label.leader = entry.end
      labels.append(label)
    }
    return labels
  }

  /// The right end of the lines of a series.
  private func end(of name: String) -> (x: Double, y: Double)? {
    chart.series.filter { $0.name == name && $0.isLine }.flatMap(\.points).map(place(of:))
      .max { $0.x < $1.x }
  }

  /// The points of a series' lines, the end first: where lines end together, names stand further back.
  private func turns(of name: String) -> [(x: Double, y: Double)] {
    chart.series.filter { $0.name == name && $0.isLine }.flatMap(\.points).map(place(of:))
      .sorted { $0.x > $1.x }
  }

  private static func besideEnd(_ end: (x: Double, y: Double)) -> [LabelPlacer.Candidate] {
    [
      .init(x: end.x + 9, middle: end.y, anchor: .start),
      .init(x: end.x + 5, middle: end.y - 12, anchor: .start),
      .init(x: end.x + 5, middle: end.y + 12, anchor: .start),
      .init(x: end.x, middle: end.y - 14, anchor: .middle),
      .init(x: end.x, middle: end.y + 14, anchor: .middle),
      .init(x: end.x - 5, middle: end.y - 12, anchor: .end),
    ]
  }

  /// Ascending places moved as little as it takes to be `distance` apart: down from the top, then
  /// what went below the end up again.
  static func spread(
    _ places: [Double], by distance: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    var places = places
    for index in places.indices {
      let lowest = index == 0 ? range.lowerBound : places[index - 1] + distance
      places[index] = max(places[index], lowest)
    }
    for index in places.indices.reversed() {
      let highest =
        index == places.count - 1 ? range.upperBound : places[index + 1] - distance
      places[index] = min(places[index], highest)
    }
    return places
  }
}
