extension ChartLayout {
  /// The values of contour lines, each upon its line where it is in nobody's way.
  func contourLabels(_ placer: inout LabelPlacer) -> [PlacedLabel] {
    guard let field else { return [] }
    var labels: [PlacedLabel] = []
    for contour in field.contours {
      guard let text = contour.level.label else { continue }
      let width = TextMetrics.width(text, size: format.textSize)
      // A line that its own label would hide gets none.
      for line in contour.lines where line.length > 3 * width {
        let candidates = candidates(along: line, width: width)
        guard var label = placer.place(text, at: candidates) else { continue }
        label.shade = contour.shade
        labels.append(label)
      }
    }
    return labels
  }

  /// Places on a line where a label is within the plot, its middle first.
  private func candidates(along line: Polyline, width: Double) -> [LabelPlacer.Candidate] {
    let inner = Rectangle(
      left: plot.left + width / 2 + 3, top: plot.top + format.lineHeight / 2,
      right: plot.right - width / 2 - 3, bottom: plot.bottom - format.lineHeight / 2)
    let shares = (0...18).map { step in
      0.5 + Double((step + 1) / 2) * (step.isMultiple(of: 2) ? 0.025 : -0.025)
    }
    return shares.map(line.point).filter { inner.contains($0) }.map {
      .init(x: $0.x, middle: $0.y, anchor: .middle)
    }
  }

  /// Contour lines, and the bar of colours with its numbers, stand in the way of labels.
  func obstructField(_ placer: inout LabelPlacer) {
    guard let field else { return }
    for line in field.contours.flatMap(\.lines) {
      let points = line.simplified(tolerance: 1).points
      for (start, end) in zip(points, points.dropFirst()) { placer.avoid(from: start, to: end) }
    }
    placer.block(
      Rectangle(
        left: field.bar.left - 4, top: field.bar.top, right: format.width, bottom: field.bar.bottom)
    )
  }
}
