extension Lattice {
  /// The same surface with each cell cut into `parts` by `parts`, bilinear within it, so that
  /// contour lines bend where straight ones would break.
  func refined(into parts: Int) -> Lattice {
    guard parts > 1, !cells.isEmpty else { return self }
    let columns = (0...(x.count - 1) * parts).map { Self.corners(of: $0, parts) }
    let rows = (0...(y.count - 1) * parts).map { Self.corners(of: $0, parts) }
    func mean(_ corners: [Corner], _ value: (Int) -> Double) -> Double {
      corners.reduce(0) { $0 + $1.weight * value($1.index) }
    }
    let heights = rows.flatMap { row in
      columns.map { column in
        mean(row) { row in mean(column) { self.heights[row * x.count + $0] } }
      }
    }
    return Lattice(
      x: columns.map { mean($0) { x[$0] } }, y: rows.map { mean($0) { y[$0] } }, heights: heights)
  }

  /// What a finer column or row takes its values from.
  private typealias Corner = (index: Int, weight: Double)

  /// One that was there takes its values from itself alone: beside it may be nothing.
  private static func corners(of place: Int, _ parts: Int) -> [Corner] {
    let share = Double(place % parts) / Double(parts)
    let first = Corner(place / parts, 1 - share)
    return share == 0 ? [first] : [first, Corner(place / parts + 1, share)]
  }
}
