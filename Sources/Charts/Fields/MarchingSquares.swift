/// Where a lattice's surface is as high as a level: marching squares, the plane's case of W. E.
/// Lorensen and H. E. Cline, "Marching cubes" (1987).
///
/// Each cell is looked at by itself. Along each side that has one end at the level or above it and
/// the other below, the surface crosses the level once, at a place found by linear interpolation;
/// lines through the cell join these places two by two. If there are four of them, two opposite
/// corners are high, and the cell's mean, which is the bilinear surface's height in its middle, says
/// whether high ground connects them (the ambiguity is that of G. M. Nielson and B. Hamann, "The
/// asymptotic decider", 1991).
///
/// Every piece has the high ground on its left, where y grows upwards, so that pieces join head to
/// tail.
struct MarchingSquares {
  let lattice: Lattice
  let level: Double

  /// A piece of a line between two places; see `point`.
  struct Piece: Equatable {
    let start: Int
    let end: Int
  }

  /// The contour lines of the level: first those that end where what is known ends, then rings, which
  /// end in the point in which they begin.
  var contours: [Polyline] { lines(lattice.cells.flatMap(pieces)) }

  /// The outline of all that is known and at the level or above: rings, to be filled by the even-odd
  /// rule.
  var region: [Polyline] {
    lines(lattice.cells.flatMap { pieces(through: $0) + borders(of: $0) }).filter {
      $0.points.count > 3
    }
  }

  private func isHigh(_ crossing: Int) -> Bool { lattice.heights[crossing] >= level }

  /// The pieces of contour lines in `cell`.
  private func pieces(through cell: Lattice.Cell) -> [Piece] {
    let corners = lattice.corners(of: cell)
    let high = corners.map(isHigh)
    guard high.contains(true), high.contains(false) else { return [] }
    // Going round, sides that go down from high ground, and those that come up to it.
    let down = (0..<4).filter { high[$0] && !high[($0 + 1) % 4] }
    let up = (0..<4).filter { !high[$0] && high[($0 + 1) % 4] }
    let mean = corners.reduce(0) { $0 + lattice.heights[$1] } / 4
    return down.compactMap { side in
      let following = up.sorted { ($0 - side + 4) % 4 < ($1 - side + 4) % 4 }
      // Where high ground connects, the line goes around the low corner that comes next.
      guard let other = mean >= level ? following.first : following.last else { return nil }
      return Piece(start: place(on: side, of: corners), end: place(on: other, of: corners))
    }
  }

  /// The high parts of those sides of `cell` beyond which nothing is known.
  private func borders(of cell: Lattice.Cell) -> [Piece] {
    let corners = lattice.corners(of: cell)
    return (0..<4).compactMap { side in
      guard lattice.isBorder(cell, side: side) else { return nil }
      let (first, second) = (corners[side], corners[(side + 1) % 4])
      guard isHigh(first) || isHigh(second) else { return nil }
      let crossing = place(on: side, of: corners)
      return Piece(
        start: isHigh(first) ? 3 * first : crossing, end: isHigh(second) ? 3 * second : crossing)
    }
  }

  /// The number of the place where a cell's side crosses the level: thrice its first crossing's, and
  /// one more if it goes along a row, two if along a column.
  private func place(on side: Int, of corners: [Int]) -> Int {
    let first = min(corners[side], corners[(side + 1) % 4])
    return 3 * first + (side % 2 == 0 ? 1 : 2)
  }

  /// Where the place of that number lies.
  private func point(_ place: Int) -> (x: Double, y: Double) {
    let (crossing, width) = (place / 3, lattice.x.count)
    let (x, y) = (lattice.x[crossing % width], lattice.y[crossing / width])
    switch place % 3 {
    case 1:
      let end = lattice.x[crossing % width + 1]
      return (x + (end - x) * share(from: crossing, to: crossing + 1), y)
    case 2:
      let end = lattice.y[crossing / width + 1]
      return (x, y + (end - y) * share(from: crossing, to: crossing + width))
    default: return (x, y)
    }
  }

  /// The part of the way between two crossings after which the level is met.
  private func share(from start: Int, to end: Int) -> Double {
    let (low, high) = (lattice.heights[start], lattice.heights[end])
    return (level - low) / (high - low)
  }

  /// The lines that `pieces` make, but for those that shrink to a point, as where only a crossing
  /// touches the level.
  private func lines(_ pieces: [Piece]) -> [Polyline] {
    Self.chains(pieces).map { Polyline(joining: $0.map(point)) }.filter { $0.points.count > 1 }
  }

  /// Places along pieces joined head to tail: first from where nothing leads to, then around rings.
  static func chains(_ pieces: [Piece]) -> [[Int]] {
    var ends: [Int: [Int]] = [:]
    for piece in pieces.reversed() { ends[piece.start, default: []].append(piece.end) }
    let entered = Set(pieces.map(\.end))
    let starts = pieces.map(\.start)
    return (starts.filter { !entered.contains($0) } + starts).compactMap { start in
      var chain = [start]
      while let end = ends[chain[chain.count - 1]]?.popLast() { chain.append(end) }
      return chain.count > 1 ? chain : nil
    }
  }
}
