import Testing
import _TestSupport

@testable import Charts

/// Fields as readers meet them: their scale, their words, their colours, and what is left out.
@Suite struct FieldTests {
  private static let formats: [DrawingFormat] = [.standalone, .wide, .narrow]

  private static func chart(
    _ z: Chart.Axis = .init("bits per byte", better: .low), levels: [Double]? = nil,
    value: (Double, Double) -> Double?
  ) -> Chart {
    Chart(
      title: "t", x: .init("data", scale: .logarithmic, unit: .bytes),
      y: .init("parameters", scale: .logarithmic),
      field: .init(
        x: [1024, 2048, 4096, 8192], y: [10, 100, 1000], z: z, levels: levels, value: value))
  }

  @Test func theLatticeIsLaidOutAlongTheAxes() throws {
    let chart = Self.chart { x, _ in x / 1024 }
    let field = try #require(ChartLayout(chart, format: .wide).field)
    // Equal ratios are equal lengths, and the field fills the plot.
    let layout = ChartLayout(chart, format: .wide)
    #expect(field.lattice.x.first == layout.plot.left && field.lattice.x.last == layout.plot.right)
    #expect(field.lattice.y.first == layout.plot.bottom && field.lattice.y.last == layout.plot.top)
    let steps = zip(field.lattice.x, field.lattice.x.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-9 })
    // 3 is halfway between the columns of 2 and 4: in the logarithm of x, as the surface is drawn.
    let three = try #require(field.contours.first { $0.level.value == 3 })
    let middle = (layout.plot.left + layout.plot.right) / 2
    #expect(
      three.lines.count == 1 && three.lines[0].points.allSatisfy { abs($0.x - middle) < 1e-9 })
  }

  @Test func pointsBeyondTheFieldKeepTheirRoom() {
    var chart = Self.chart { x, _ in x }
    chart.series = [.init("a", kind: .points, points: [.init(16384, 100)])]
    let layout = ChartLayout(chart, format: .wide)
    #expect(layout.x.map.domain.upperBound > 16384 && layout.y.map.domain == 10...1000)
  }

  @Test func levelsAreRoundUnlessGiven() throws {
    func levels(_ levels: [Double]?, _ z: Chart.Axis = .init("z")) -> [String] {
      let chart = Self.chart(z, levels: levels) { x, y in x / 1024 + y / 1000 }
      return ChartLayout(chart, format: .wide).field?.scale.levels.compactMap(\.label) ?? []
    }
    #expect(levels(nil) == ["2", "3", "4", "5", "6", "7", "8", "9"])
    #expect(levels([2.25, 1.5, 2.25, 100]) == ["1.5", "2.25"], "in order, once, and in the field")
    #expect(levels([]) == [])
    #expect(levels(nil, .init("z", unit: .bytes)) == (2...9).map { "\($0) B" })
  }

  @Test func theBarHasNumbersThatDoNotMeet() throws {
    for format in Self.formats {
      for levels in [nil, [], [1.5], Array(stride(from: 1.01, to: 8, by: 0.01))] {
        let chart = Self.chart(levels: levels) { x, _ in x / 1024 }
        let layout = ChartLayout(chart, format: format)
        let field = try #require(layout.field)
        let scale = field.scale
        #expect(scale.ticks.count > 3)
        let places = scale.ticks.map { scale.map.place(of: $0.value) }
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 - $1 >= format.lineHeight })
        #expect(field.bar.right + 7 + scale.labelWidth <= format.width)
      }
    }
  }

  /// Whether a line passes the point, to two pixels.
  private static func goes(_ line: Polyline, through point: Polyline.Point) -> Bool {
    for step in 0...400 {
      let place: Polyline.Point = line.point(at: Double(step) / 400)
      if abs(place.x - point.x) < 2, abs(place.y - point.y) < 2 { return true }
    }
    return false
  }

  @Test func titlesDoNotMeet() throws {
    for label in [
      "z", "bits per byte of text that nobody saw", String(repeating: "long ", count: 50),
    ] {
      let chart = Self.chart(.init(label, better: .low)) { x, _ in x }
      for format in Self.formats {
        let layout = ChartLayout(chart, format: format)
        let title = try #require(layout.colourTitle)
        let start =
          layout.format.width - layout.format.padding
          - TextMetrics.width(title.text, size: format.textSize)
        let end =
          layout.format.padding + TextMetrics.width("parameters", size: format.textSize)
        #expect(start >= layout.format.padding - 1e-9)
        #expect(start > end || title.baseline <= layout.plot.top - 12 - format.lineHeight)
        #expect(title.baseline - format.textSize >= layout.header.bottom)
      }
    }
  }

  @Test func numbersOfLinesStandOnTheirLines() throws {
    var chart = SampleCharts.surface
    chart.series = []
    for format in Self.formats {
      let layout = ChartLayout(chart, format: format)
      let field = try #require(layout.field)
      let labels = layout.labels().filter { $0.shade != nil }
      #expect(labels.count >= 4)
      for label in labels {
        let contour = try #require(field.contours.first { $0.level.label == label.text })
        let middle = (x: label.x, y: (label.box.top + label.box.bottom) / 2)
        let isOnLine = contour.lines.contains { Self.goes($0, through: middle) }
        #expect(isOnLine, "\(label.text)")
        #expect(label.box.isInside(layout.plot))
      }
    }
  }

  @Test func labelsOfLinesKeepOffPoints() throws {
    for format in Self.formats {
      let layout = ChartLayout(SampleCharts.surface, format: format)
      let places = layout.chart.series.flatMap(\.points).map(layout.place)
      let labels = layout.labels().filter { $0.shade != nil }
      #expect(!labels.isEmpty)
      for label in labels { #expect(!places.contains { label.box.contains($0) }, "\(label.text)") }
    }
  }

  @Test func wordsSayWhereItIsLeastAndMost() {
    let chart = Self.chart(levels: [2, 4]) { x, y in x == 1024 && y == 10 ? nil : x / 1024 + 1 / y }
    let text = ChartLayout(chart, format: .wide).description
    #expect(
      text.contains(
        "Colours: bits per byte, from 1.001 at x 1 KiB, y 1,000 to 8.1 at x 8 KiB, y 10. "
          + "Contour lines at 2, 4."), "\(text)")
    #expect(!text.contains("nothing to show"))
  }

  @Test func whatHasNoPlaceIsLeftOut() {
    let chart = Chart(
      title: "t", x: .init("x", scale: .logarithmic), y: .init("y"),
      field: .init(x: [0, 1, 10, 100], y: [0, 1, .infinity], z: .init("z")) { x, y in
        x == 100 && y == 1 ? .nan : x == 1 && y == 1 ? nil : x
      })
    let (plottable, dropped) = chart.plottable()
    // A column of three and a row of three more, and the one that is not a number.
    #expect(dropped == 3 + 3 + 1)
    #expect(plottable.field == nil, "no cell has four corners")
    #expect(ChartLayout(chart, format: .wide).description.contains("7 values have no place"))
  }

  @Test func aFieldWithoutCellsIsNoPicture() {
    for value in [nil, 1.0] {
      let chart = Chart(
        title: "t", x: .init("x"), y: .init("y"),
        field: .init(x: [1], y: [1, 2], z: .init("z")) { _, _ in value })
      let layout = ChartLayout(chart, format: .wide)
      #expect(layout.field == nil && layout.description.contains("nothing to show"))
    }
  }

  @Test func aConstantIsOneColourWithoutLines() throws {
    let chart = Self.chart { _, _ in 2 }
    let field = try #require(ChartLayout(chart, format: .wide).field)
    #expect(field.contours.flatMap(\.lines).isEmpty)
    let regions = (0..<Palette.shadeCount).map { field.region(ofShade: $0).count }
    #expect(Set(regions) == [0, 1] && regions == regions.sorted(by: >))
    #expect(MarkupReader(SVGRenderer().render(chart)).faults.isEmpty)
  }

  @Test func numbersAtTheEndsStayFinite() {
    let rows: [[[Double?]]] = [
      [[-1e299, 1e299], [0, 5]], [[1, 1 + 1e-15], [1, 1]], [[1e-299, 2e-299], [0, 0]],
    ]
    for values in rows {
      for scale in [Chart.Axis.Scale.linear, .logarithmic] {
        let field = Chart.Field(
          x: [-1e299, 1e299], y: [1e-290, 1e290], values: values, z: .init("z", scale: scale))
        let chart = Chart(title: "t", x: .init("x"), y: .init("y"), field: field)
        let reader = MarkupReader(SVGRenderer().render(chart))
        #expect(reader.faults.isEmpty)
        for path in reader.elements.compactMap({ $0["d"] }) {
          #expect(!path.contains("nan") && !path.contains("inf"))
        }
        #expect(!VegaRenderer().render(chart).contains("\"z\": null"))
      }
    }
  }

  @Test func colourIsWhatTheBarSays() throws {
    let chart = Self.chart { x, _ in x / 1024 }
    let field = try #require(ChartLayout(chart, format: .wide).field)
    #expect(field.scale.shade(of: 1) == 0 && field.scale.shade(of: 8) == Palette.shadeCount - 1)
    #expect(field.scale.shade(of: 4.49) == Palette.shadeCount / 2 - 1)
    #expect(field.scale.shade(of: 4.51) == Palette.shadeCount / 2)
    var ranged = chart
    ranged.field?.z.range = 2...4
    let narrow = try #require(ChartLayout(ranged, format: .wide).field)
    #expect(narrow.scale.shade(of: 1) == 0 && narrow.scale.shade(of: 8) == Palette.shadeCount - 1)
    // What is below the range has the first colour, and what is above the last.
    for step in [0, 5, Palette.shadeCount - 1] {
      let rings = narrow.region(ofShade: step)
      #expect(rings.count == 1 && rings[0].points.contains { $0.x == narrow.lattice.x.last })
    }
    let corner = narrow.region(ofShade: 0)[0].points.contains { $0.x == narrow.lattice.x[0] }
    #expect(corner)
  }

  @Test func textIsNeverMarkup() {
    for name in SampleCharts.hostileNames {
      let chart = Self.chart(.init(name)) { x, _ in x }
      let reader = MarkupReader(HTMLPage(title: "t", blocks: [.chart(chart)]).render())
      #expect(reader.faults.isEmpty, "\(reader.faults)")
      #expect(!reader.elements.contains { $0.name == "b" })
      #expect(reader.elements.count { $0.name == "script" } == 1)
      // Expressions are for numbers of bytes alone, and hold no names.
      let vega = VegaRenderer().render(chart)
      #expect(vega.split(separator: "Expr").count == 1 + vega.split(separator: "KiB'").count - 1)
    }
  }

  @Test func pagesCarryTheColoursTheyUse() {
    let chart = Self.chart { x, _ in x }
    let text = HTMLPage(title: "t", blocks: [.chart(chart)]).render()
    for step in 0..<Palette.shadeCount {
      #expect(text.contains("--shade-\(step): ") && text.contains("--shade-\(step)-ink: "))
    }
    #expect(!text.contains("var(--shade-\(Palette.shadeCount)"))
    #expect(
      !HTMLPage(title: "t", blocks: [.chart(SampleCharts.scatter)]).render().contains("shade"))
    // The script looks for the series of whatever can be pointed at.
    #expect(!MarkupReader(text).elements.contains { $0["data-at"] != nil })
  }

  @Test func filesStaySmall() {
    let places = (0..<40).map { Double($0) }
    let chart = Chart(
      title: "t", x: .init("x"), y: .init("y"),
      field: .init(x: places, y: places, z: .init("z")) { x, y in 1 + x * y / 100 - y / 7 })
    #expect(SVGRenderer().render(chart).utf8.count < 60_000)
  }
}
