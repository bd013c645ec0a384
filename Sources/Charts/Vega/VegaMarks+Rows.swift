extension VegaMarks {
  typealias Row = [(name: String, value: JSONValue)]

  /// The points of `series`, those of one series together.
  func rows(of series: [Chart.Series]) -> [JSONValue] {
    series.enumerated().flatMap { part, series in
      series.points.enumerated().map { order, point in
        .object(
          row(point) + [
            ("series", .string(series.name)), ("dash", .string(dash(of: series))),
            ("part", .integer(part)), ("order", .integer(order)),
            ("detail", .string(chart.detail(of: point, in: series))),
          ])
      }
    }
  }

  /// What `fields` gives for every series, with its name.
  func rows(_ fields: (Chart.Series) -> [Row]) -> [JSONValue] {
    chart.series.flatMap { series in
      fields(series).map { .object($0 + [("series", .string(series.name))]) }
    }
  }

  /// The points of `series` that have a label.
  func labelRows(of series: [Chart.Series]) -> [JSONValue] {
    series.flatMap { series in
      series.points.compactMap { point in
        point.label.map { label in
          .object(row(point) + [("series", .string(series.name)), ("label", .string(label))])
        }
      }
    }
  }

  func row(_ point: Chart.Point) -> Row {
    [("x", value(point.x, on: chart.x)), ("y", value(point.y, on: chart.y))]
  }

  func number(_ value: Double) -> JSONValue { .number(value) }

  private func value(_ value: Double, on axis: Chart.Axis) -> JSONValue {
    axis.categories == nil ? .number(value) : .string(axis.text(value))
  }

  private func dash(of series: Chart.Series) -> String {
    let index = chart.names.firstIndex(of: series.name) ?? 0
    return "\(series.dash ?? .ofSeries(index, hues: Palette.light.series.count))"
  }
}
