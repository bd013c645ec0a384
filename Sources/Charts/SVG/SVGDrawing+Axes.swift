extension SVGDrawing {
  /// Title, subtitle and legend.
  var header: Markup {
    let (header, format) = (layout.header, layout.format)
    let titles = header.title.enumerated().map { index, line in
      words(
        line, format.padding, format.padding + 16 + Double(index) * 24,
        size: HeaderLayout.titleSize, isBold: true)
    }
    let top = format.padding + Double(titles.count) * 24 + 13
    let subtitles = header.subtitle.enumerated().map { index, line in
      words(
        line, format.padding, top + Double(index) * 19, .muted, size: HeaderLayout.subtitleSize)
    }
    let entries = header.entries.map { entry in
      Markup.joined([
        swatch(of: entry.series, x: entry.x, y: entry.y - 4.5),
        words(entry.name, entry.x + header.swatchWidth + 7, entry.y),
      ])
    }
    return titles.isEmpty && entries.isEmpty ? .none : .block("g", [], titles + subtitles + entries)
  }

  /// Grid, ticks and what is measured.
  var axes: Markup {
    .block(
      "g", [.init("fill", colour(.muted)), .init("aria-hidden", "true")],
      grid + [baseline] + xLabels + yLabels + titles)
  }

  private var grid: [Markup] {
    let plot = layout.plot
    let lines = layout.y.ticks.filter { $0.label != nil && layout.y.axis.categories == nil }.map {
      line(
        (plot.left, layout.y.map.place(of: $0.value)),
        (plot.right, layout.y.map.place(of: $0.value)), .grid)
    }
    let columns = layout.x.ticks.filter { $0.label != nil && layout.x.axis.categories == nil }.map {
      line(
        (layout.x.map.place(of: $0.value), plot.top),
        (layout.x.map.place(of: $0.value), plot.bottom), .grid)
    }
    return lines + columns
  }

  /// The line that bars stand on, and marks for minor ticks.
  private var baseline: Markup {
    let plot = layout.plot
    let base =
      layout.bars.isHorizontal
      ? line((plot.left, plot.top), (plot.left, plot.bottom), .axis)
      : line((plot.left, plot.bottom), (plot.right, plot.bottom), .axis)
    let x = layout.x.ticks.filter { $0.label == nil }.map { tick in
      let at = layout.x.map.place(of: tick.value)
      return line((at, plot.bottom), (at, plot.bottom + 4), .axis)
    }
    let y = layout.y.ticks.filter { $0.label == nil }.map { tick in
      let at = layout.y.map.place(of: tick.value)
      return line((plot.left - 4, at), (plot.left, at), .axis)
    }
    return .joined([base] + x + y)
  }

  private var xLabels: [Markup] {
    let size = layout.format.textSize
    return layout.x.ticks.compactMap { tick in
      guard let label = tick.label else { return nil }
      let half = TextMetrics.width(label, size: size) / 2
      let place = min(layout.x.map.place(of: tick.value), layout.format.width - half)
      return words(label, place, layout.plot.bottom + 8 + size, anchor: .middle)
    }
  }

  private var yLabels: [Markup] {
    layout.y.ticks.compactMap { tick in
      guard let label = tick.label else { return nil }
      return words(
        label, layout.plot.left - 9,
        layout.y.map.place(of: tick.value) + layout.format.textSize * 0.35, anchor: .end)
    }
  }

  private var titles: [Markup] {
    let (plot, format) = (layout.plot, layout.format)
    let x = layout.x.axis.title(isVertical: false)
    let y = layout.y.axis.title(isVertical: true)
    return [
      y.isEmpty ? .none : words(y, format.padding, plot.top - 12),
      x.isEmpty
        ? .none
        : words(
          x, plot.right, plot.bottom + 14 + format.textSize + format.lineHeight, anchor: .end),
    ]
  }

  /// Lines across the plot; their labels stand with the others.
  var referenceLines: Markup {
    let plot = layout.plot
    let lines = layout.chart.referenceLines.map { reference in
      if reference.direction == .x {
        let at = layout.x.map.place(of: reference.value)
        return line((at, plot.top), (at, plot.bottom), remark, width: 1.25, dash: "2 3")
      }
      let at = layout.y.map.place(of: reference.value)
      return line((plot.left, at), (plot.right, at), remark, width: 1.25, dash: "2 3")
    }
    return lines.isEmpty ? .none : .block("g", [], lines)
  }
}
