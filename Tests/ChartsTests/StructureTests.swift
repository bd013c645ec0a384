import Testing
import _TestSupport

@testable import Charts

/// What holds of every drawing, whatever is in it.
@Suite struct StructureTests {
  private static let formats: [DrawingFormat] = [.standalone, .wide, .narrow]

  private static var drawings: [(name: String, layout: ChartLayout, reader: MarkupReader)] {
    SampleCharts.all.flatMap { name, chart in
      formats.map { format in
        let layout = ChartLayout(chart, format: format)
        let drawing = SVGDrawing(layout: layout, colours: .fixed(.light), id: "x")
        return ("\(name), \(format)", layout, MarkupReader(drawing.svg().source))
      }
    }
  }

  @Test func drawingsAreWellFormed() {
    for (name, _, reader) in Self.drawings {
      #expect(reader.faults.isEmpty, "\(name): \(reader.faults)")
      #expect(reader.elements.count > 5)
      #expect(reader.elements[0]["role"] == "img")
      let described = reader.elements[0]["aria-labelledby"]
      #expect(described == "x-title x-description", "\(name)")
    }
  }

  @Test func everyNumberIsFinite() {
    let shapes: Set = ["d", "x", "y", "width", "height", "cx", "cy", "r", "transform", "viewBox"]
    for (name, _, reader) in Self.drawings {
      for element in reader.elements {
        for attribute in element.attributes where shapes.contains(attribute.name) {
          let words = attribute.value.lowercased()
          #expect(!words.contains("nan") && !words.contains("inf"), "\(name): \(attribute)")
        }
      }
    }
  }

  @Test func labelsAreInsideAndApart() {
    for (name, layout, _) in Self.drawings {
      let frame = Rectangle(
        left: 0, top: 0, right: layout.format.width, bottom: layout.height)
      let labels = layout.labels()
      for (index, label) in labels.enumerated() {
        #expect(label.box.isInside(frame), "\(name): \(label.text)")
        for other in labels.dropFirst(index + 1) where !name.hasPrefix("hostile") {
          #expect(label.box.overlap(with: other.box) < 1, "\(name): \(label.text), \(other.text)")
        }
      }
    }
  }

  @Test func labelsOfTicksDoNotMeet() {
    for (name, layout, _) in Self.drawings where layout.x.axis.categories == nil {
      var end = -Double.infinity
      for tick in layout.x.ticks {
        guard let label = tick.label else { continue }
        let half = TextMetrics.width(label, size: layout.format.textSize) / 2
        let place = layout.x.map.place(of: tick.value)
        #expect(place - half > end, "\(name): \(label)")
        end = place + half
      }
      #expect(layout.x.ticks.count { $0.label != nil } >= 2, "\(name)")
    }
  }

  @Test func whatHasNoPlaceIsCounted() {
    let layout = ChartLayout(SampleCharts.extremes, format: .wide)
    #expect(layout.dropped == 6)
    #expect(layout.description.contains("6 values have no place on these axes."))
    #expect(
      ChartLayout(SampleCharts.nothing, format: .wide).description.contains("nothing to show"))
  }

  @Test func seriesOfOneNameShareColourAndEntry() {
    let layout = ChartLayout(SampleCharts.scaling, format: .standalone)
    #expect(layout.names == ["GRU", "transformer", "ngram:5"])
    let svg = SVGRenderer().render(SampleCharts.scaling)
    let parts = MarkupReader(svg).elements.compactMap { $0["data-series"] }
    #expect(Set(parts) == ["0", "1", "2"])
  }

  /// Curves that come down to the same corner, as those of rate and distortion do, keep their names apart.
  @Test func namesOfLinesThatEndTogetherStandApart() {
    let chart = Chart(
      title: "Bits where bytes may be wrong", x: .init("share of wrong bytes"),
      y: .init("bits per byte", includesZero: true),
      series: [("a text", 1.0), ("markov:order=2:entropy=1.5", 0.75), ("iid:entropy=2", 0.75)]
        .enumerated().map { place, source in
          let rate = 2 - 0.3 * Double(place)
          return Chart.Series(
            source.0, kind: .markedLine,
            points: [(0, rate), (source.1 / 3, rate / 2), (source.1, 0)].map { .init($0.0, $0.1) })
        })
    for format in Self.formats {
      let labels = ChartLayout(chart, format: format).labels()
      for (index, label) in labels.enumerated() {
        for other in labels.dropFirst(index + 1) {
          #expect(label.box.overlap(with: other.box) < 1, "\(label.text), \(other.text)")
        }
      }
    }
  }

  @Test func labelsWithoutRoomAreLeftOut() {
    let points = (0..<60).map { index in
      Chart.Point(Double(index * 37 % 60), Double(index * 53 % 97), label: "method:\(index)")
    }
    let chart = Chart(
      title: "", x: .init("x"), y: .init("y"), series: [.init("a", kind: .points, points: points)])
    let labels = ChartLayout(chart, format: .narrow).labels()
    #expect(labels.count > 3 && labels.count < 60)
    for (index, label) in labels.enumerated() {
      for other in labels.dropFirst(index + 1) {
        #expect(label.box.overlap(with: other.box) < 1, "\(label.text), \(other.text)")
      }
    }
  }
}
