extension SVGDrawing {
  /// Markers, and for lines without them places that can be pointed at.
  func markers(_ series: Chart.Series) -> [Markup] {
    guard series.kind != .bars, let index = layout.names.firstIndex(of: series.name) else {
      return []
    }
    let front = layout.chart.marksFront && series.kind == .points ? layout.chart.front : []
    return series.points.compactMap { point in
      let place = layout.place(of: point)
      guard layout.x.map.contains(point.x), layout.y.map.contains(point.y) else { return nil }
      let ring = front.contains(point) ? ring(at: place) : .none
      let look =
        series.kind == .line
        ? spot(layout.format.markerRadius) : marker(index, radius: layout.format.markerRadius)
      return .joined([
        ring,
        .element(
          "path", look + self.place(place.x, place.y), [detail(of: point, in: series)]),
      ])
    }
  }

  /// Bars from the base to each value.
  func bars(_ series: Chart.Series) -> [Markup] {
    guard series.kind == .bars, let index = layout.names.firstIndex(of: series.name) else {
      return []
    }
    let isHorizontal = layout.bars.isHorizontal
    let axis = isHorizontal ? layout.x : layout.y
    let base = axis.map.place(of: max(0, axis.map.domain.lowerBound))
    return series.points.map { point in
      let place = layout.place(of: point)
      let ends = layout.bars.ends(
        of: series.name, around: isHorizontal ? place.y : place.x, pitch: layout.pitch)
      let tip = isHorizontal ? place.x : place.y
      let (low, high) = (min(base, tip), max(base, tip))
      let box =
        isHorizontal
        ? Rectangle(left: low, top: ends.0, right: high, bottom: ends.1)
        : Rectangle(left: ends.0, top: low, right: ends.1, bottom: high)
      let anchor = isHorizontal ? (tip, (ends.0 + ends.1) / 2) : ((ends.0 + ends.1) / 2, tip)
      return .element(
        "rect",
        [
          .init("x", box.left), .init("y", box.top), .init("width", max(box.width, 0)),
          .init("height", max(box.height, 0)), .init("fill", colour(.series(index))),
          .init("fill-opacity", index / Palette.light.series.count % 2 == 0 ? nil : "0.55"),
          .init("data-at", Coordinate.text(anchor.0, anchor.1)),
        ], [detail(of: point, in: series)])
    }
  }

  /// The look of a series' marker.
  func marker(_ index: Int, radius: Double) -> [Markup.Attribute] {
    let (shape, isFilled) = Marker.ofSeries(index)
    let hue = colour(.series(index))
    return [
      .init("d", shape.path(radius: radius)), .init("fill", isFilled ? hue : colour(.background)),
      .init("stroke", isFilled ? colour(.background) : hue),
      .init("stroke-width", isFilled ? "1" : "1.75"),
    ]
  }

  /// A marker that is not seen, but pointed at.
  private func spot(_ radius: Double) -> [Markup.Attribute] {
    [.init("d", Marker.circle.path(radius: radius)), .init("fill-opacity", "0")]
  }

  private func place(_ x: Double, _ y: Double) -> [Markup.Attribute] {
    [
      .init("transform", "translate(\(Coordinate.text(x, y)))"),
      .init("data-at", Coordinate.text(x, y)),
    ]
  }

  /// Around a point of the front.
  private func ring(at place: (x: Double, y: Double)) -> Markup {
    .empty(
      "circle",
      [
        .init("cx", place.x), .init("cy", place.y), .init("r", layout.format.markerRadius + 4),
        .init("fill", "none"), .init("stroke", colour(.front)), .init("stroke-width", "1.5"),
      ])
  }

  /// What is shown when the point is pointed at.
  private func detail(of point: Chart.Point, in series: Chart.Series) -> Markup {
    .element("title", [], [.text(layout.chart.detail(of: point, in: series))])
  }

  /// The words of the plot, above all else.
  var labels: Markup {
    let labels = layout.labels().map { label -> Markup in
      let text = words(
        label.text, label.x, label.y, anchor: label.anchor, paint(of: label),
        halo: label.shade.map(Paint.shade) ?? .background,
        // Wide enough that a contour line does not show between the digits of its value.
        haloWidth: label.shade == nil ? 4 : 7, [.init("data-series", label.series.map { "\($0)" })])
      return .joined([leader(of: label), text])
    }
    return labels.isEmpty ? .none : .block("g", [.init("pointer-events", "none")], labels)
  }

  /// Nil for the ink of the drawing.
  private func paint(of label: PlacedLabel) -> Paint? {
    if let shade = label.shade { return .inkOnShade(shade) }
    return label.series == nil ? remark : nil
  }

  /// From where a line ends to its name.
  private func leader(of label: PlacedLabel) -> Markup {
    guard let start = label.leader, let index = label.series else { return .none }
    let gap = layout.format.markerRadius + 3
    return .empty(
      "path",
      [
        .init("d", Self.path([(start.x + gap, start.y), (label.x - 4, label.y - 4.5)])),
        .init("stroke", colour(.series(index))), .init("stroke-width", "1"),
        .init("data-series", "\(index)"),
      ])
  }

  /// A legend's sample of the series at a place of the legend.
  func swatch(of index: Int, x: Double, y: Double) -> Markup {
    let series = layout.chart.series.filter { $0.name == layout.names[index] }
    let middle = x + layout.header.swatchWidth / 2
    var pieces: [Markup] = []
    if let line = series.first(where: \.isLine) {
      let dash = line.dash ?? .ofSeries(index, hues: Palette.light.series.count)
      pieces.append(
        self.line(
          (x, y), (x + layout.header.swatchWidth, y), .series(index), width: 2.25,
          dash: dash.pattern))
    }
    if series.contains(where: { $0.kind == .points || $0.kind == .markedLine }) {
      pieces.append(
        .empty(
          "path",
          marker(index, radius: 4.5) + [
            .init("transform", "translate(\(Coordinate.text(middle, y)))")
          ]
        ))
    }
    if series.contains(where: { $0.kind == .bars }) {
      pieces.append(
        .empty(
          "rect",
          [
            .init("x", middle - 6), .init("y", y - 6), .init("width", 12.0), .init("height", 12.0),
            .init("rx", "2"), .init("fill", colour(.series(index))),
            .init("fill-opacity", index / Palette.light.series.count % 2 == 0 ? nil : "0.55"),
          ]))
    }
    return .joined(pieces)
  }
}
