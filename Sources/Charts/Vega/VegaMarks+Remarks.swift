extension VegaMarks {
  /// A rule and its words for each line across the chart.
  var referenceLines: [JSONValue] {
    chart.referenceLines.flatMap { line -> [JSONValue] in
      let isHorizontal = line.direction == .y
      let rows = [
        object((isHorizontal ? "y" : "x", number(line.value)), ("label", .string(line.label)))
      ]
      let place = isHorizontal ? ("y", y("y")) : ("x", x("x"))
      let edge = object(("value", .integer(0)))
      let rule = object(
        ("type", "rule"), ("color", .string(Palette.light.muted.text)),
        ("strokeDash", .array([.integer(2), .integer(3)])))
      let words = object(
        ("type", "text"), ("align", "left"), ("dx", .integer(4)),
        ("dy", .integer(isHorizontal ? -8 : 8)))
      return [
        layer(rule, rows, [place]),
        layer(
          words, rows,
          [place, (isHorizontal ? "x" : "y", edge), ("text", object(("field", "label")))]),
      ].compactMap(\.self)
    }
  }

  var annotations: [JSONValue] {
    chart.annotations.compactMap { annotation in
      let point = Chart.Point(annotation.x, annotation.y)
      return layer(
        object(("type", "text"), ("align", "left"), ("dx", .integer(6))),
        [.object(row(point) + [("label", .string(annotation.text))])],
        [("x", x("x")), ("y", y("y")), ("text", object(("field", "label")))])
    }
  }
}
