/// What the colours of a field stand for, and the bar beside the plot that says so.
struct ColourScale {
  let axis: Chart.Axis
  /// Where values stand along the bar.
  let map: AxisMap
  /// What contour lines go along, and what stands beside them.
  let levels: [Tick]
  /// What stands at the bar.
  let ticks: [Tick]
  /// Width of the widest of these.
  let labelWidth: Double

  private static let mostLevels = 15

  /// - Parameters:
  ///   - bottom: of the bar, where the least stands.
  ///   - top: of the bar.
  init(_ field: Chart.Field, from bottom: Double, to top: Double, _ format: DrawingFormat) {
    let axis = field.z
    let domain = field.colourDomain
    let map = AxisMap(axis, domain: domain, from: bottom, to: top)
    let round = Ticks.of(axis, domain, most: Self.mostLevels).filter { $0.label != nil }
    let given = field.levels.map { levels in
      Set(levels).sorted().filter(domain.contains).map { Tick(value: $0, label: axis.text($0)) }
    }
    (self.axis, self.map, levels) = (axis, map, given ?? round)
    // Numbers at the bar are those on the lines, if these say where it begins and ends.
    ticks = Self.apart(levels.count > 1 ? levels : round, on: map, by: format.lineHeight)
    labelWidth =
      ticks.compactMap(\.label).map { TextMetrics.width($0, size: format.textSize) }.max() ?? 0
  }

  /// As many of `ticks`, from the first on, as are `distance` apart.
  private static func apart(_ ticks: [Tick], on map: AxisMap, by distance: Double) -> [Tick] {
    ticks.reduce(into: []) { kept, tick in
      let gap = kept.last.map { abs(map.place(of: $0.value) - map.place(of: tick.value)) }
      if gap ?? .infinity >= distance { kept.append(tick) }
    }
  }

  /// The part of the scale that is below `value`; below 0 or above 1 for one beyond it.
  func share(of value: Double) -> Double {
    (map.place(of: value) - map.start) / (map.end - map.start)
  }

  /// The step of the palette that `value` has.
  func shade(of value: Double) -> Int {
    min(max(Int(share(of: value) * Double(Palette.shadeCount)), 0), Palette.shadeCount - 1)
  }

  /// The part of the scale that is below a step; all that is known belongs to the first.
  static func start(ofShade step: Int) -> Double {
    step == 0 ? -.infinity : Double(step) / Double(Palette.shadeCount)
  }
}
