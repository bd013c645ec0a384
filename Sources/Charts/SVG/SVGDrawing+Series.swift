extension SVGDrawing {
  /// Bands first, then lines and bars, then points: what is exact lies above what is not.
  var seriesMarks: Markup {
    let chart = layout.chart
    let bands = chart.series.map { part(of: $0, [band($0)]) }
    let lines = chart.series.map { part(of: $0, [line($0), whiskers($0)] + bars($0)) }
    let points = chart.series.map { part(of: $0, markers($0)) }
    return .joined([
      .block("g", [.init("clip-path", "url(#\(id)-plot)")], bands + [front] + lines),
      .literal("\n"), .block("g", [], points),
    ])
  }

  /// Pieces of one series, which are shown and hidden together.
  private func part(of series: Chart.Series, _ pieces: [Markup]) -> Markup {
    let pieces = pieces.filter { $0 != .none }
    guard !pieces.isEmpty, let index = layout.names.firstIndex(of: series.name) else {
      return .none
    }
    return .block("g", [.init("data-series", "\(index)")], pieces)
  }

  private func index(of series: Chart.Series) -> Int {
    layout.names.firstIndex(of: series.name) ?? 0
  }

  private func band(_ series: Chart.Series) -> Markup {
    guard series.band.count > 1 else { return .none }
    let upper = series.band.map { interval in
      (layout.x.map.place(of: interval.x), layout.y.map.place(of: interval.high))
    }
    let lower = series.band.reversed().map { interval in
      (layout.x.map.place(of: interval.x), layout.y.map.place(of: interval.low))
    }
    return .empty(
      "path",
      [
        .init("d", Self.path(upper + lower) + "Z"),
        .init("fill", colour(.series(index(of: series)))), .init("fill-opacity", "0.17"),
      ])
  }

  private func line(_ series: Chart.Series) -> Markup {
    guard series.isLine, series.points.count > 1 else { return .none }
    let index = index(of: series)
    let dash = series.dash ?? .ofSeries(index, hues: Palette.light.series.count)
    let path = Self.path(series.points.map { layout.place(of: $0) })
    func stroke(_ paint: Paint, _ width: String) -> Markup {
      .empty(
        "path",
        [
          .init("d", path), .init("fill", "none"),
          .init("stroke", colour(paint)), .init("stroke-width", width),
          .init("stroke-linejoin", "round"), .init("stroke-linecap", "round"),
          .init("stroke-dasharray", dash.pattern),
        ])
    }
    let line = stroke(.series(index), "2.25")
    // On the colours of a field, an edge of the background keeps a line apart from what is like it.
    return layout.field == nil ? line : .joined([stroke(.background, "5"), line])
  }

  private func whiskers(_ series: Chart.Series) -> Markup {
    let paths = series.points.compactMap { point -> String? in
      guard let low = point.low, let high = point.high else { return nil }
      return layout.y.axis.categories == nil
        ? standing(point, low, high) : lying(point, in: series, low, high)
    }
    guard !paths.isEmpty else { return .none }
    return .empty(
      "path",
      [
        .init("d", paths.joined()), .init("fill", "none"),
        .init("stroke", colour(series.kind == .bars ? .ink : .series(index(of: series)))),
        .init("stroke-width", "1.25"),
      ])
  }

  private func standing(_ point: Chart.Point, _ low: Double, _ high: Double) -> String {
    let (x, bottom, top) = (
      layout.x.map.place(of: point.x), layout.y.map.place(of: low), layout.y.map.place(of: high)
    )
    return Self.path([(x, bottom), (x, top)])
      + [bottom, top].map { Self.path([(x - 3, $0), (x + 3, $0)]) }.joined()
  }

  private func lying(
    _ point: Chart.Point, in series: Chart.Series, _ low: Double, _ high: Double
  ) -> String {
    let centre = layout.y.map.place(of: point.y)
    let ends = layout.bars.ends(of: series.name, around: centre, pitch: layout.pitch)
    let y = series.kind == .bars ? (ends.0 + ends.1) / 2 : centre
    let (left, right) = (layout.x.map.place(of: low), layout.x.map.place(of: high))
    return Self.path([(left, y), (right, y)])
      + [left, right].map { Self.path([($0, y - 3), ($0, y + 3)]) }.joined()
  }

  /// The steps along the best that can be had.
  private var front: Markup {
    guard layout.chart.marksFront else { return .none }
    let places = layout.chart.front.map(layout.place(of:))
    guard places.count > 1 else { return .none }
    return .empty(
      "path",
      [
        .init("d", Self.path(places)), .init("fill", "none"), .init("stroke", colour(.front)),
        .init("stroke-width", "1.5"), .init("stroke-dasharray", "5 4"),
      ])
  }

  static func path(_ places: [(x: Double, y: Double)]) -> String {
    "M" + places.map { Coordinate.text($0.x, $0.y) }.joined(separator: "L")
  }
}
