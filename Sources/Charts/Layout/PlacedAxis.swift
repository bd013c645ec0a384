/// An axis in a drawing, with its ticks.
struct PlacedAxis {
  let axis: Chart.Axis
  let map: AxisMap
  let ticks: [Tick]
  /// Width of the widest label of a tick.
  let labelWidth: Double

  /// - Parameters:
  ///   - values: all that must be on it.
  ///   - headroom: if bars stand on it, the share of it that is free behind the longest.
  init(
    _ axis: Chart.Axis, values: [Double], headroom: Double?, from start: Double, to end: Double,
    _ format: DrawingFormat, isVertical: Bool
  ) {
    self.axis = axis
    let map = AxisMap(
      axis, domain: axis.domain(of: values, headroom: headroom), from: start, to: end)
    self.map = map
    let room = isVertical ? format.tickRoom.y : format.tickRoom.x
    let most = max(2, Int(abs(end - start) / room))
    var ticks = Ticks.of(axis, map.domain, most: most)
    if axis.categories != nil {
      let width = isVertical ? format.categoryWidth : Self.pitch(map) - 6
      ticks = ticks.map { $0.truncated(to: width, size: format.textSize) }
    } else if !isVertical {
      var fewer = most
      while fewer > 2, Self.areCrowded(ticks, on: map, size: format.textSize) {
        fewer -= 1
        ticks = Ticks.of(axis, map.domain, most: fewer)
      }
    }
    self.ticks = ticks
    labelWidth =
      ticks.compactMap(\.label).map { TextMetrics.width($0, size: format.textSize) }.max() ?? 0
  }

  private static func pitch(_ map: AxisMap) -> Double { abs(map.place(of: 1) - map.place(of: 0)) }

  /// Whether labels side by side come too near.
  private static func areCrowded(_ ticks: [Tick], on map: AxisMap, size: Double) -> Bool {
    let spans = ticks.compactMap { tick in
      tick.label.map { label in
        let half = TextMetrics.width(label, size: size) / 2 + 5
        return (map.place(of: tick.value) - half, map.place(of: tick.value) + half)
      }
    }
    return zip(spans, spans.dropFirst()).contains { $0.1 > $1.0 }
  }
}

extension Tick {
  /// The tick with as much of the end of its label as fits.
  fileprivate func truncated(to width: Double, size: Double) -> Tick {
    Tick(
      value: value,
      label: label.map { TextMetrics.truncatedStart($0, to: max(width, size), size: size) })
  }
}

extension Chart.Axis {
  /// What stands at the axis: what is measured, and which way is better.
  func title(isVertical: Bool) -> String {
    [label, hint(isVertical: isVertical)].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func hint(isVertical: Bool) -> String {
    switch better {
    case .low: isVertical ? "↓ less is better" : "← less is better"
    case .high: isVertical ? "↑ more is better" : "more is better →"
    case nil: ""
    }
  }
}
