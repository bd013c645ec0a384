/// A field in a drawing.
struct FieldLayout {
  /// Lines along one value.
  struct Contour {
    let level: Tick
    /// The step of the palette that they go through.
    let shade: Int
    let lines: [Polyline]
  }

  /// The longest side of a cell, in pixels, that looks smooth.
  private static let step = 16.0

  let scale: ColourScale
  /// The bar that shows the scale.
  let bar: Rectangle
  /// Places in the drawing; heights are parts of the scale.
  let lattice: Lattice
  let contours: [Contour]

  init(
    _ field: Chart.Field, _ scale: ColourScale, x: AxisMap, y: AxisMap, bar: Rectangle
  ) {
    (self.scale, self.bar) = (scale, bar)
    let lattice = Lattice(
      x: field.x.map(x.place), y: field.y.map(y.place),
      heights: field.values.joined().map { $0.map(scale.share) ?? .nan }
    )
    .refined(to: Self.step)
    self.lattice = lattice
    contours = scale.levels.map { level in
      Contour(
        level: level, shade: scale.shade(of: level.value),
        lines: MarchingSquares(lattice: lattice, level: scale.share(of: level.value)).contours)
    }
  }

  /// What is of a step of the palette or of one above it: drawn one over the other from the first,
  /// such regions leave no seams.
  func region(ofShade step: Int) -> [Polyline] {
    MarchingSquares(lattice: lattice, level: ColourScale.start(ofShade: step)).region
  }
}

extension Lattice {
  /// The same surface with sides of cells no longer than `step`, or of an eighth of what they were.
  fileprivate func refined(to step: Double) -> Lattice {
    let sides = [x, y].flatMap { places in zip(places, places.dropFirst()).map { abs($1 - $0) } }
    let parts = (sides.max() ?? 0) / step
    return refined(into: Int(min(max(parts.rounded(.up), 1), 8)))
  }
}
