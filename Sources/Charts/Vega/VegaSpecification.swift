/// One chart as layers of Vega-Lite, each with its own rows of data.
///
/// Rows have the fields x, y, z, low, high, series, label and detail, whatever the chart calls its axes:
/// names from outside are values, never part of an expression.
struct VegaSpecification {
  let chart: Chart

  init(_ chart: Chart) { self.chart = chart }

  var document: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("$schema", .string("https://vega.github.io/schema/vega-lite/v5.json")),
      ("title", title), ("width", .integer(640)),
    ]
    members.append(
      ("height", chart.y.categories == nil ? .integer(380) : .object([("step", .integer(14))])))
    return .object(members + plot)
  }

  /// The layers; those of a field by themselves, as its colours are not those of series.
  private var plot: [(name: String, value: JSONValue)] {
    let marks = VegaMarks(chart: chart)
    let field = [marks.fieldCells, marks.contours, marks.contourLabels].compactMap(\.self)
    let layers = layers(marks)
    guard !field.isEmpty else {
      // A layer of nothing keeps the axes of an empty chart.
      return [("layer", .array(layers.isEmpty ? [marks.empty] : layers))]
    }
    let series = layers.isEmpty ? [] : [JSONValue.object([("layer", .array(layers))])]
    let channels = ["color", "shape"].map { (name: $0, value: JSONValue.string("independent")) }
    let apart = JSONValue.object([("scale", .object(channels))])
    return [("layer", .array(field + series)), ("resolve", apart)]
  }

  private var title: JSONValue {
    .object(
      [
        ("text", .string(chart.title)), ("subtitle", .optional(chart.subtitle)),
        ("anchor", .string("start")),
      ].filter { name, _ in name != "subtitle" || chart.subtitle != nil })
  }

  /// Bands, lines and bars, points, reference lines and remarks, the last on top.
  private func layers(_ marks: VegaMarks) -> [JSONValue] {
    [
      marks.bands, marks.lines, marks.bars, marks.front, marks.whiskers, marks.points,
      marks.labels, marks.barLabels,
    ].compactMap(\.self) + marks.referenceLines + marks.annotations
  }
}
