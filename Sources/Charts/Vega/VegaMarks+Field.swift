extension VegaMarks {
  /// A rectangle around each value that is known, to half the way to its neighbours.
  var fieldCells: JSONValue? {
    guard let field = chart.field, let placed = layout.field else { return nil }
    let columns = Self.edges(of: field.x, on: layout.x.map)
    let rows = Self.edges(of: field.y, on: layout.y.map)
    let cells = zip(rows, field.values).flatMap { row, values in
      zip(columns, values).compactMap { column, value in
        value.map { value in
          object(
            ("x", number(column.start)), ("x2", number(column.end)), ("y", number(row.start)),
            ("y2", number(row.end)), ("z", number(value)))
        }
      }
    }
    let title = JSONValue.string(field.z.label.isEmpty ? "value" : field.z.label)
    return layer(
      // The stroke closes the seams between rectangles.
      object(("type", "rect"), ("strokeWidth", .integer(1))), cells,
      [
        ("x", x("x")), ("x2", object(("field", "x2"))), ("y", y("y")),
        ("y2", object(("field", "y2"))), ("color", colour(of: placed.scale, legend: true)),
        ("stroke", colour(of: placed.scale, legend: false)),
        ("tooltip", object(("field", "z"), ("type", "quantitative"), ("title", title))),
      ])
  }

  /// Halfway between neighbours, as the axis is laid out; none goes beyond the first and the last.
  private static func edges(
    of places: [Double], on map: AxisMap
  ) -> [(start: Double, end: Double)] {
    let between = zip(places, places.dropFirst()).map { start, end in
      map.value(at: (map.place(of: start) + map.place(of: end)) / 2)
    }
    return zip(places.prefix(1) + between, between + places.suffix(1)).map { ($0, $1) }
  }

  /// The palette's colours, each at its value.
  private func colour(of scale: ColourScale, legend: Bool) -> JSONValue {
    let shades = Palette.light.shades
    let values = shades.indices.map { step in
      scale.map.value(
        at: scale.map.start
          + (scale.map.end - scale.map.start) * Double(step) / Double(shades.count - 1))
    }
    let range: Row = [
      ("type", scale.axis.scale == .logarithmic ? "log" : "linear"), ("clamp", .bool(true)),
      ("domain", .numbers(values)), ("range", .array(shades.map { .string($0.text) })),
    ]
    return object(
      ("field", "z"), ("type", "quantitative"),
      ("title", .string(scale.axis.title(isVertical: true))), ("scale", .object(range)),
      ("legend", legend ? object(("orient", "right")) : .null))
  }

  /// Lines along one value each.
  var contours: JSONValue? {
    let lines = (layout.field?.contours ?? []).flatMap { contour in
      contour.lines.map { (contour.level.value, $0.simplified(tolerance: 0.15)) }
    }
    let rows = lines.enumerated().flatMap { part, line in
      line.1.points.enumerated().map { order, point in
        object(
          ("x", number(layout.x.map.value(at: point.x))),
          ("y", number(layout.y.map.value(at: point.y))), ("level", number(line.0)),
          ("part", .integer(part)), ("order", .integer(order)))
      }
    }
    let mark = object(
      ("type", "line"), ("interpolate", "linear"), ("strokeWidth", .integer(1)),
      ("color", .string(Palette.light.ink.text)), ("opacity", .number(0.5)))
    return layer(
      mark, rows,
      [
        ("x", x("x")), ("y", y("y")),
        ("detail", object(("field", "part"), ("type", "nominal"))),
        ("order", object(("field", "order"), ("type", "quantitative"))),
      ])
  }

  /// The values of the lines, where the drawing has them.
  var contourLabels: JSONValue? {
    let labels = layout.labels().compactMap { label in label.shade.map { (label, $0) } }
    let rows = labels.map { label, shade in
      object(
        ("x", number(layout.x.map.value(at: label.x))),
        ("y", number(layout.y.map.value(at: (label.box.top + label.box.bottom) / 2))),
        ("label", .string(label.text)),
        ("ink", .string(Palette.light[.inkOnShade(shade)].text)))
    }
    let ink = object(("field", "ink"), ("type", "nominal"), ("scale", .null))
    return layer(
      object(("type", "text"), ("baseline", "middle")), rows,
      [
        ("x", x("x")), ("y", y("y")), ("text", object(("field", "label"))), ("color", ink),
      ])
  }
}
