/// The layers of a chart, each nil if there is nothing in it.
struct VegaMarks {
  let chart: Chart
  /// Where axes begin and end.
  let layout: ChartLayout

  init(chart: Chart) {
    self.chart = chart
    layout = ChartLayout(chart, format: .standalone)
  }

  var bands: JSONValue? {
    let rows = rows { series in
      series.band.map { band in
        [("x", number(band.x)), ("low", number(band.low)), ("high", number(band.high))]
      }
    }
    let mark = object(("type", "area"), ("opacity", .number(0.15)))
    return layer(
      mark, rows,
      [("x", x("x")), ("y", y("low")), ("y2", object(("field", "high"))), ("color", colour)])
  }

  var lines: JSONValue? {
    let rows = rows(of: chart.series.filter(\.isLine))
    let mark = object(
      ("type", "line"), ("interpolate", "linear"), ("strokeWidth", .number(2.25)))
    // In the order given: a line may turn back.
    let order = object(("field", "order"), ("type", "quantitative"))
    return layer(
      mark, rows,
      [
        ("x", x("x")), ("y", y("y")), ("color", colour),
        ("detail", object(("field", "part"), ("type", "nominal"))),
        ("strokeDash", dash), ("order", order),
      ])
  }

  var bars: JSONValue? {
    let rows = rows(of: chart.series.filter { $0.kind == .bars })
    let isHorizontal = chart.y.categories != nil
    return layer(
      object(("type", "bar")), rows,
      [
        ("x", x("x")), ("y", y("y")), (isHorizontal ? "yOffset" : "xOffset", offset),
        ("color", colour), ("tooltip", tooltip),
      ])
  }

  var points: JSONValue? {
    let rows = rows(of: chart.series.filter { $0.kind == .points || $0.kind == .markedLine })
    return layer(
      object(("type", "point"), ("filled", .bool(true)), ("size", .integer(60))), rows,
      [
        ("x", x("x")), ("y", y("y")), ("color", colour), ("shape", shape), ("tooltip", tooltip),
      ])
  }

  var whiskers: JSONValue? {
    let rows = rows { series in
      series.points.compactMap { point in
        guard let low = point.low, let high = point.high else { return nil }
        return row(point) + [("low", number(low)), ("high", number(high))]
      }
    }
    let isHorizontal = chart.y.categories != nil
    let place: [(name: String, value: JSONValue)] =
      isHorizontal
      ? [("x", x("low")), ("x2", object(("field", "high"))), ("y", y("y"))]
      : [("x", x("x")), ("y", y("low")), ("y2", object(("field", "high")))]
    return layer(object(("type", "rule")), rows, place + [("color", colour)])
  }

  var front: JSONValue? {
    guard chart.marksFront else { return nil }
    let rows = chart.front.map { JSONValue.object(row($0)) }
    let mark = object(
      ("type", "line"), ("color", .string(Palette.light.front.text)),
      ("strokeDash", .array([.integer(5), .integer(4)])))
    return layer(mark, rows, [("x", x("x")), ("y", y("y"))])
  }

  /// Words beside points.
  var labels: JSONValue? {
    layer(
      object(("type", "text"), ("align", "left"), ("dx", .integer(8))),
      labelRows(of: chart.series.filter { $0.kind != .bars }),
      [("x", x("x")), ("y", y("y")), ("text", object(("field", "label")))])
  }

  /// Words at the ends of bars.
  var barLabels: JSONValue? {
    let isHorizontal = chart.y.categories != nil
    let mark =
      isHorizontal
      ? object(("type", "text"), ("align", "left"), ("dx", .integer(6)))
      : object(("type", "text"), ("baseline", "bottom"), ("dy", .integer(-4)))
    return layer(
      mark, labelRows(of: chart.series.filter { $0.kind == .bars }),
      [
        ("x", x("x")), ("y", y("y")), (isHorizontal ? "yOffset" : "xOffset", offset),
        ("text", object(("field", "label"))),
      ])
  }

  /// Axes and nothing else.
  var empty: JSONValue {
    .object([
      ("mark", object(("type", "point"))), ("data", object(("values", .array([])))),
      ("encoding", .object([("x", x("x")), ("y", y("y"))])),
    ])
  }

  /// A layer of `rows`; nil for none.
  func layer(
    _ mark: JSONValue, _ rows: [JSONValue], _ encoding: [(name: String, value: JSONValue)]
  ) -> JSONValue? {
    guard !rows.isEmpty else { return nil }
    return .object([
      ("data", .object([("values", .array(rows))])), ("mark", mark),
      ("encoding", .object(encoding)),
    ])
  }

  func object(_ members: (name: String, value: JSONValue)...) -> JSONValue { .object(members) }
}

extension JSONValue: ExpressibleByStringLiteral {
  /// A string.
  public init(stringLiteral text: String) { self = .string(text) }
}
