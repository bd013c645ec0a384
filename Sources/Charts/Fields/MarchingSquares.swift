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
  var contours: [Polyline] { lines(crossings) }

  /// The outline of all that is known and at the level or above: rings, to be filled by the even-odd
  /// rule.
  var region: [Polyline] {
    lines(crossings + lattice.borders.compactMap(border)).filter { $0.points.count > 3 }
  }

  /// The pieces of contour lines in all cells.
  private var crossings: [Piece] {
    lattice.cells.flatMap { cell in
      cell.span.lowerBound < level && level <= cell.span.upperBound ? pieces(through: cell) : []
    }
  }

  private func isHigh(_ crossing: Int) -> Bool { lattice.heights[crossing] >= level }

  /// The pieces of contour lines in `cell`, some corners of which are high and some are not.
  private func pieces(through cell: Lattice.Cell) -> [Piece] {
    let high = cell.corners.map(isHigh)
    // Going round, sides that go down from high ground, and those that come up to it.
    let down = (0..<4).filter { high[$0] && !high[($0 + 1) % 4] }
    let up = (0..<4).filter { !high[$0] && high[($0 + 1) % 4] }
    let mean = cell.corners.reduce(0) { $0 + lattice.heights[$1] } / 4
    return down.compactMap { side in
      let following = up.sorted { ($0 - side + 4) % 4 < ($1 - side + 4) % 4 }
      // Where high ground connects, the line goes around the low corner that comes next.
      guard let other = mean >= level ? following.first : following.last else { return nil }
      return Piece(start: place(on: side, of: cell), end: place(on: other, of: cell))
    }
  }

  /// The high part of a side beyond which nothing is known; nil for none.
  private func border(_ side: Lattice.Side) -> Piece? {
    let corners = side.cell.corners
    let (first, second) = (corners[side.number], corners[(side.number + 1) % 4])
    guard isHigh(first) || isHigh(second) else { return nil }
    let crossing = place(on: side.number, of: side.cell)
    return Piece(
      start: isHigh(first) ? 3 * first : crossing, end: isHigh(second) ? 3 * second : crossing)
  }

  /// The number of the place where a cell's side crosses the level: thrice its first crossing's, and
  /// one more if it goes along a row, two if along a column.
  private func place(on side: Int, of cell: Lattice.Cell) -> Int {
    let first = min(cell.corners[side], cell.corners[(side + 1) % 4])
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
