extension ChartLayout {
  /// All words within the plot and beside it, but for those of the axes.
  func labels() -> [PlacedLabel] {
    var placer = LabelPlacer(
      bounds: Rectangle(
        left: plot.left + 2, top: plot.top - 4, right: format.width - 2, bottom: plot.bottom - 2),
      size: format.textSize)
    obstruct(&placer)
    var labels = referenceLabels(&placer) + annotationLabels(&placer)
    if namesLines { labels += lineNames(&placer) }
    labels += pointLabels(&placer)
    return labels + contourLabels(&placer)
  }

  /// Everything that is drawn stands in the way.
  private func obstruct(_ placer: inout LabelPlacer) {
    obstructField(&placer)
    let radius = format.markerRadius + 1
    for series in chart.series {
      let places = series.points.map(place(of:))
      if series.isLine {
        for (start, end) in zip(places, places.dropFirst()) { placer.avoid(from: start, to: end) }
      }
      guard series.kind == .points || series.kind == .markedLine else { continue }
      for place in places {
        placer.block(
          Rectangle(
            left: place.x - radius, top: place.y - radius, right: place.x + radius,
            bottom: place.y + radius))
      }
    }
    guard chart.marksFront else { return }
    let front = chart.front.map(place(of:))
    for (start, end) in zip(front, front.dropFirst()) { placer.avoid(from: start, to: end) }
  }

  private func referenceLabels(_ placer: inout LabelPlacer) -> [PlacedLabel] {
    let off = format.lineHeight * 0.62
    return chart.referenceLines.compactMap { line in
      guard !line.label.isEmpty else { return nil }
      guard line.direction == .y else {
        let at = x.map.place(of: line.value)
        let tops = [plot.top + off, plot.bottom - off]
        return placer.place(
          line.label,
          at: tops.flatMap { middle -> [LabelPlacer.Candidate] in
            [
              .init(x: at + 6, middle: middle, anchor: .start),
              .init(x: at - 6, middle: middle, anchor: .end),
            ]
          }, isNeeded: true)
      }
      let at = y.map.place(of: line.value)
      return placer.place(
        line.label,
        at: [at - off, at + off].flatMap { middle -> [LabelPlacer.Candidate] in
          [
            .init(x: plot.right - 6, middle: middle, anchor: .end),
            .init(x: plot.left + 8, middle: middle, anchor: .start),
            .init(x: (plot.left + plot.right) / 2, middle: middle, anchor: .middle),
          ]
        }, isNeeded: true)
    }
  }

  private func annotationLabels(_ placer: inout LabelPlacer) -> [PlacedLabel] {
    chart.annotations.compactMap { annotation in
      let at = (x: x.map.place(of: annotation.x), y: y.map.place(of: annotation.y))
      return placer.place(annotation.text, at: Self.around(at, distance: 6), isNeeded: true)
    }
  }

  private func pointLabels(_ placer: inout LabelPlacer) -> [PlacedLabel] {
    var labels: [PlacedLabel] = []
    let front = chart.marksFront ? chart.front : []
    for series in chart.series {
      for point in series.points {
        guard let text = point.label else { continue }
        let candidates =
          series.kind == .bars
          ? [barEnd(of: point, in: series)]
          : Self.around(
            place(of: point), distance: format.markerRadius + (front.contains(point) ? 7 : 4))
        guard var label = placer.place(text, at: candidates) else { continue }
        label.series = names.firstIndex(of: series.name)
        labels.append(label)
      }
    }
    return labels
  }

  /// Behind the end of a lying bar, above a standing one.
  private func barEnd(of point: Chart.Point, in series: Chart.Series) -> LabelPlacer.Candidate {
    var tip = point
    if let high = point.high {
      if bars.isHorizontal { tip.x = max(tip.x, high) } else { tip.y = max(tip.y, high) }
    }
    let place = place(of: tip)
    let centre = bars.isHorizontal ? place.y : place.x
    let (start, end) = bars.ends(of: series.name, around: centre, pitch: pitch)
    return bars.isHorizontal
      ? .init(x: place.x + 6, middle: (start + end) / 2, anchor: .start)
      : .init(x: (start + end) / 2, middle: place.y - format.textSize * 0.7, anchor: .middle)
  }

  /// The eight places around a point, the most usual first.
  private static func around(
    _ point: (x: Double, y: Double), distance: Double
  ) -> [LabelPlacer.Candidate] {
    let near = distance * 0.6
    let high = distance + 6
    return [
      .init(x: point.x + distance, middle: point.y, anchor: .start),
      .init(x: point.x - distance, middle: point.y, anchor: .end),
      .init(x: point.x, middle: point.y - high, anchor: .middle),
      .init(x: point.x, middle: point.y + high, anchor: .middle),
      .init(x: point.x + near, middle: point.y - high, anchor: .start),
      .init(x: point.x + near, middle: point.y + high, anchor: .start),
      .init(x: point.x - near, middle: point.y - high, anchor: .end),
      .init(x: point.x - near, middle: point.y + high, anchor: .end),
    ]
  }
}
