extension SVGDrawing {
  /// How far a line may be from where it should be, in pixels: too little to be seen.
  private static let tolerance = 0.15

  /// The colours of a field and its contour lines.
  var field: Markup {
    guard let field = layout.field else { return .none }
    let shades = (0..<Palette.shadeCount).map { step in
      area(field.region(ofShade: step), .shade(step))
    }
    return .block(
      "g", [.init("clip-path", "url(#\(id)-plot)")], shades + field.contours.map(contour))
  }

  private func area(_ rings: [Polyline], _ paint: Paint) -> Markup {
    guard !rings.isEmpty else { return .none }
    let path = rings.map { ring in
      Self.path(ring.simplified(tolerance: Self.tolerance).points.dropLast()) + "Z"
    }
    return .empty(
      "path",
      [
        .init("d", path.joined()), .init("fill", colour(paint)), .init("fill-rule", "evenodd"),
      ])
  }

  private func contour(_ contour: FieldLayout.Contour) -> Markup {
    guard !contour.lines.isEmpty else { return .none }
    let path = contour.lines.map { line in
      Self.path(line.simplified(tolerance: Self.tolerance).points)
    }
    return .empty(
      "path",
      [
        .init("d", path.joined()), .init("fill", "none"),
        .init("stroke", colour(.inkOnShade(contour.shade))), .init("stroke-opacity", "0.5"),
        .init("stroke-width", "1"), .init("stroke-linejoin", "round"),
      ])
  }

  /// What the colours stand for: a bar, its numbers and what is measured.
  var colourBar: Markup {
    guard let field = layout.field else { return .none }
    let (bar, map) = (field.bar, field.scale.map)
    let steps = (0..<Palette.shadeCount).map { step in
      // Each goes to the top, so that there are no seams.
      let bottom = bar.bottom - max(ColourScale.start(ofShade: step), 0) * bar.height
      return Markup.empty(
        "rect",
        [
          .init("x", bar.left), .init("y", bar.top), .init("width", bar.width),
          .init("height", bottom - bar.top), .init("fill", colour(.shade(step))),
        ])
    }
    let marks = field.scale.ticks.flatMap { tick in
      let at = map.place(of: tick.value)
      return [
        line((bar.right, at), (bar.right + 4, at), .axis),
        words(tick.label ?? "", bar.right + 7, at + layout.format.textSize * 0.35),
      ]
    }
    let title = layout.colourTitle.map { title in
      words(
        title.text, layout.format.width - layout.format.padding, title.baseline, anchor: .end)
    }
    return .block(
      "g", [.init("fill", colour(.muted)), .init("aria-hidden", "true")],
      steps + marks + [title ?? .none])
  }
}
