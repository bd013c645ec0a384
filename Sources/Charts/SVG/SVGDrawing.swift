/// One drawing as SVG elements, from a layout and nothing else.
struct SVGDrawing {
  /// Where colours come from.
  enum Colours {
    /// Written out, for a file of its own.
    case fixed(Palette)
    /// Custom properties of the page around it, which follow the reader's colour scheme.
    case inherited
  }

  let layout: ChartLayout
  let colours: Colours
  /// Begins the names of elements that others refer to; unique within the document.
  let id: String

  private static let fonts =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

  /// The whole element.
  ///
  /// - Parameter attributes: what it says of itself besides.
  func svg(_ attributes: [Markup.Attribute] = []) -> Markup {
    let format = layout.format
    let size = "\(Coordinate.text(format.width)) \(Coordinate.text(layout.height))"
    return .block(
      "svg",
      attributes + [
        .init("viewBox", "0 0 \(size)"), .init("role", "img"),
        .init("aria-labelledby", "\(id)-title \(id)-description"),
        .init("font-family", Self.fonts), .init("font-size", format.textSize),
        .init("fill", colour(.ink)),
      ],
      [
        .element("title", [.init("id", "\(id)-title")], [.text(layout.chart.title)]),
        .element("desc", [.init("id", "\(id)-description")], [.text(layout.description)]),
        clip, background, header, axes, field, colourBar, referenceLines, seriesMarks, labels,
        emptiness,
      ])
  }

  func colour(_ paint: Paint) -> String {
    switch colours {
    case .fixed(let palette): return palette[paint].text
    case .inherited:
      return "var(--\(paint.property))"
    }
  }

  /// What is said of the plot besides its data stands back, but not on colours, where it would be lost.
  var remark: Paint { layout.field == nil ? .muted : .ink }

  private var clip: Markup {
    let plot = layout.plot
    return .element(
      "clipPath", [.init("id", "\(id)-plot")],
      [
        .empty(
          "rect",
          [
            .init("x", plot.left), .init("y", plot.top - 1), .init("width", plot.width),
            .init("height", plot.height + 2),
          ])
      ])
  }

  /// What is said where there would be a picture.
  private var emptiness: Markup {
    guard layout.chart.series.isEmpty, layout.chart.field == nil else { return .none }
    let plot = layout.plot
    return words(
      "Nothing to show", (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2,
      anchor: .middle, .muted, halo: .background)
  }

  private var background: Markup {
    guard case .fixed = colours else { return .none }
    return .empty(
      "rect",
      [
        .init("width", layout.format.width), .init("height", layout.height),
        .init("fill", colour(.background)),
      ])
  }
}

extension SVGDrawing {
  /// A straight line.
  func line(
    _ from: (Double, Double), _ to: (Double, Double), _ paint: Paint, width: Double = 1,
    dash: String? = nil
  ) -> Markup {
    .empty(
      "path",
      [
        .init("d", "M\(Coordinate.text(from.0, from.1))L\(Coordinate.text(to.0, to.1))"),
        .init("stroke", colour(paint)), .init("stroke-width", width),
        .init("stroke-dasharray", dash),
      ])
  }

  /// Words.
  ///
  /// - Parameters:
  ///   - y: of the baseline.
  ///   - paint: nil takes that of the element around.
  ///   - halo: what keeps what lies behind away from them; nil for nothing.
  ///   - haloWidth: how wide that is, on both sides together.
  func words(
    _ text: String, _ x: Double, _ y: Double, anchor: PlacedLabel.Anchor = .start,
    _ paint: Paint? = nil, size: Double? = nil, isBold: Bool = false, halo: Paint? = nil,
    haloWidth: Double = 4,
    _ attributes: [Markup.Attribute] = []
  ) -> Markup {
    var all: [Markup.Attribute] = [.init("x", x), .init("y", y)]
    if anchor != .start { all.append(.init("text-anchor", anchor.rawValue)) }
    all.append(.init("fill", paint.map(colour)))
    all.append(.init("font-size", size.map(Coordinate.text)))
    if isBold { all.append(.init("font-weight", "600")) }
    if let halo {
      all += [
        .init("stroke", colour(halo)), .init("stroke-width", haloWidth),
        .init("stroke-linejoin", "round"), .init("paint-order", "stroke"),
      ]
    }
    return .element("text", all + attributes, [.text(text)])
  }
}
