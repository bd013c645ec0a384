extension VegaMarks {
  /// The x axis under the field of that name.
  func x(_ field: String) -> JSONValue { channel(field, chart.x, isVertical: false) }
  /// The y axis under the field of that name.
  func y(_ field: String) -> JSONValue { channel(field, chart.y, isVertical: true) }

  private func channel(_ field: String, _ axis: Chart.Axis, isVertical: Bool) -> JSONValue {
    let title = JSONValue.string(axis.title(isVertical: isVertical))
    if let names = axis.categories {
      return object(
        ("field", .string(field)), ("type", "nominal"), ("title", title),
        ("sort", .array(names.map(JSONValue.string))))
    }
    let domain = (isVertical ? layout.y : layout.x).map.domain
    let scale: Row = [
      ("type", axis.scale == .logarithmic ? "log" : "linear"), ("nice", .bool(false)),
      ("domain", .array([.number(domain.lowerBound), .number(domain.upperBound)])),
    ]
    var members: Row = [
      ("field", .string(field)), ("type", "quantitative"), ("title", title),
      ("scale", .object(scale)),
    ]
    if axis.unit == .bytes { members.append(("axis", Self.byteAxis(axis, self))) }
    return .object(members)
  }

  /// Powers of 1024, written as such.
  private static func byteAxis(_ axis: Chart.Axis, _ marks: VegaMarks) -> JSONValue {
    let units = ["TiB", "GiB", "MiB", "KiB"].enumerated().map { index, unit in
      let bytes = 1 << (10 * (4 - index))
      return "datum.value >= \(bytes) ? format(datum.value / \(bytes), '~r') + ' \(unit)' : "
    }
    let expression = units.joined() + "datum.value + ' B'"
    guard axis.scale == .logarithmic else {
      return marks.object(("labelExpr", .string(expression)))
    }
    let places = (0...12).map { JSONValue.number(Double(1 << (4 * $0))) }
    return marks.object(("labelExpr", .string(expression)), ("values", .array(places)))
  }

  /// Bars of one category side by side, in the order of the legend.
  var offset: JSONValue {
    object(
      ("field", "series"), ("type", "nominal"),
      ("sort", .array(chart.names.map(JSONValue.string))))
  }

  /// Hues as everywhere, and a legend that names each series once.
  var colour: JSONValue {
    object(
      ("field", "series"), ("type", "nominal"), ("title", .null),
      (
        "scale",
        .object([
          ("domain", .array(chart.names.map(JSONValue.string))),
          (
            "range",
            .array(chart.names.indices.map { .string(Palette.light[.series($0)].text) })
          ),
        ])
      ), ("legend", chart.names.count > 1 ? .object([("orient", "top")]) : .null))
  }

  var shape: JSONValue {
    let shapes = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"]
    return object(
      ("field", "series"), ("type", "nominal"), ("title", .null),
      (
        "scale",
        .object([
          ("domain", .array(chart.names.map(JSONValue.string))),
          (
            "range",
            .array(chart.names.indices.map { .string(shapes[$0 % shapes.count]) })
          ),
        ])
      ), ("legend", chart.names.count > 1 ? .object([("orient", "top")]) : .null))
  }

  var dash: JSONValue {
    func lengths(_ dash: Chart.Series.Dash) -> JSONValue {
      switch dash {
      case .solid: .array([.integer(1), .integer(0)])
      case .dashed: .array([.integer(7), .integer(4)])
      case .dotted: .array([.integer(2), .integer(4)])
      }
    }
    return object(
      ("field", "dash"), ("type", "nominal"), ("legend", .null),
      (
        "scale",
        .object([
          ("domain", .array(["solid", "dashed", "dotted"])),
          ("range", .array([lengths(.solid), lengths(.dashed), lengths(.dotted)])),
        ])
      ))
  }

  var tooltip: JSONValue { object(("field", "detail"), ("type", "nominal")) }
}
