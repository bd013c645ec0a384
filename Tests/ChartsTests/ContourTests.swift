import Testing

@testable import Charts

/// Contour lines and regions whose course is known.
@Suite struct ContourTests {
  /// A lattice of unit steps with its origin in the middle.
  private static func lattice(
    _ size: Int, step: Double = 1, height: (Double, Double) -> Double
  ) -> Lattice {
    let places = (0..<size).map { (Double($0) - Double(size - 1) / 2) * step }
    return Lattice(
      x: places, y: places, heights: places.flatMap { y in places.map { height($0, y) } })
  }

  private static func contours(_ lattice: Lattice, _ level: Double) -> [Polyline] {
    MarchingSquares(lattice: lattice, level: level).contours
  }

  /// What rings go round, holes taken away (the shoelace formula).
  private static func area(_ lattice: Lattice, _ level: Double) -> Double {
    var area = 0.0
    for ring in MarchingSquares(lattice: lattice, level: level).region {
      for (start, end) in zip(ring.points, ring.points.dropFirst()) {
        area += (start.x * end.y - end.x * start.y) / 2
      }
    }
    return area
  }

  private static func corners(_ line: Polyline) -> [[Double]] { line.points.map { [$0.x, $0.y] } }

  @Test func aPlaneHasStraightLines() throws {
    let lattice = Self.lattice(7) { x, y in 2 * x + y }
    for level in [-4.3, 0.1, 2.5, 5] {
      let lines = Self.contours(lattice, level)
      try #require(lines.count == 1)
      #expect(lines[0].points.allSatisfy { abs(2 * $0.x + $0.y - level) < 1e-12 })
      #expect(lines[0].simplified(tolerance: 1e-9).points.count == 2)
      #expect(!lines[0].isClosed)
    }
    // Along every line, the high ground is on the same side: here, going down, on the left.
    let ends = Self.contours(lattice, 2.5)[0].simplified(tolerance: 1e-9)
    #expect(Self.corners(ends) == [[-0.25, 3], [2.75, -3]])
  }

  @Test func regionsOfAPlaneHaveTheirArea() {
    let lattice = Self.lattice(7) { x, y in x + y }
    // A square of 36, of which x + y >= level leaves a triangle.
    #expect(abs(Self.area(lattice, -.infinity) - 36) < 1e-12)
    #expect(abs(Self.area(lattice, 0) - 18) < 1e-12)
    #expect(abs(Self.area(lattice, 3.5) - 2.5 * 2.5 / 2) < 1e-12)
    #expect(abs(Self.area(lattice, -3.5) - (36 - 2.5 * 2.5 / 2)) < 1e-12)
    #expect(Self.area(lattice, 6.1) == 0)
  }

  @Test func aConeHasRings() throws {
    let lattice = Self.lattice(41, step: 0.1) { x, y in (x * x + y * y).squareRoot() }
    for radius in [0.5, 1.0, 1.77] {
      let lines = Self.contours(lattice, radius)
      try #require(lines.count == 1)
      #expect(lines[0].isClosed)
      for point in lines[0].points {
        let distance = (point.x * point.x + point.y * point.y).squareRoot()
        #expect(abs(distance - radius) < 0.003)
      }
      #expect(abs(lines[0].length - 2 * .pi * radius) < 0.03)
      // The hole is taken away.
      #expect(abs(Self.area(lattice, radius) - (16 - .pi * radius * radius)) < 0.02)
    }
    #expect(Self.contours(lattice, 2.4).count == 4, "corners of the square lie beyond")
  }

  @Test func theMeanDecidesAtASaddle() throws {
    let lattice = Lattice(x: [0, 1], y: [0, 1], heights: [1, 0, 0, 1])
    // Below the mean, the two high corners are one ground, and the lines go round the low ones.
    let joined = Self.contours(lattice, 0.4)
    #expect(joined.map(Self.corners) == [[[0.6, 0], [1, 0.4]], [[0.4, 1], [0, 0.6]]])
    #expect(MarchingSquares(lattice: lattice, level: 0.4).region.count == 1)
    let apart = Self.contours(lattice, 0.6)
    #expect(apart.map(Self.corners) == [[[0.4, 0], [0, 0.4]], [[0.6, 1], [1, 0.6]]])
    #expect(MarchingSquares(lattice: lattice, level: 0.6).region.count == 2)
    for (level, area) in [(0.4, 1 - 0.4 * 0.4), (0.6, 0.4 * 0.4)] {
      #expect(abs(Self.area(lattice, level) - area) < 1e-12)
    }
  }

  @Test func aSaddleHasTwoBranches() {
    let lattice = Self.lattice(20) { x, y in x * y }
    for level in [-3.0, 3] {
      let lines = Self.contours(lattice, level)
      #expect(lines.count == 2 && lines.allSatisfy { !$0.isClosed })
      for line in lines { #expect(Set(line.points.map { $0.x > 0 }).count == 1) }
    }
  }

  @Test func linesEndWhereNothingIsKnown() {
    let lattice = Self.lattice(7) { x, y in x == 0 && y == 0 ? .nan : x }
    let lines = Self.contours(lattice, 0.5)
    #expect(lines.map { $0.points.map(\.y) } == [[-1, -2, -3], [3, 2, 1]])
    #expect(abs(Self.area(lattice, -.infinity) - 32) < 1e-12)
    #expect(abs(Self.area(lattice, 0.5) - (15 - 1)) < 1e-12)
  }

  @Test func holesThatTouchKeepTheirArea() {
    let lattice = Self.lattice(7) { x, y in
      (x, y) == (-1, -1) || (x, y) == (1, 1) ? .nan : 1
    }
    #expect(abs(Self.area(lattice, 1) - (36 - 8)) < 1e-12)
  }

  @Test func levelsAtCrossingsAreLinesOfSeparatePoints() throws {
    let lattice = Self.lattice(5) { x, y in x + y }
    let lines = Self.contours(lattice, 0)
    try #require(lines.count == 1)
    #expect(Self.corners(lines[0]) == [[-2, 2], [-1, 1], [0, 0], [1, -1], [2, -2]])
    // A top that is as high as the level, and no higher, is a point and not a line.
    let peak = Self.lattice(5) { x, y in -abs(x) - abs(y) }
    #expect(Self.contours(peak, 0).isEmpty && Self.contours(peak, -1).count == 1)
    #expect(MarchingSquares(lattice: peak, level: 0).region.isEmpty)
  }

  @Test func aConstantHasNone() {
    let lattice = Self.lattice(5) { _, _ in 2 }
    for level in [1, 2, 3.0] { #expect(Self.contours(lattice, level).isEmpty) }
    #expect(Self.area(lattice, 2) == 16 && Self.area(lattice, 3) == 0)
    #expect(Self.contours(Lattice(x: [], y: [], heights: []), 0).isEmpty)
    #expect(Self.contours(Lattice(x: [1], y: [1, 2], heights: [0, 2]), 1).isEmpty)
  }

  @Test func refinedCellsAreBilinear() {
    let lattice = Self.lattice(5) { x, y in x == -1 && y == -1 ? .nan : x * y + x }
    let fine = lattice.refined(into: 3)
    #expect(fine.x.count == 13 && fine.y.count == 13)
    for (row, y) in fine.y.enumerated() {
      for (column, x) in fine.x.enumerated() {
        let height = fine.heights[row * 13 + column]
        // Around the unknown crossing nothing is known, but the border of that is.
        if [x, y].allSatisfy({ $0 > -2 + 1e-9 && $0 < -1e-9 }) {
          #expect(height.isNaN, "\(x), \(y)")
        } else {
          #expect(abs(height - (x * y + x)) < 1e-12, "\(x), \(y)")
        }
      }
    }
    #expect(fine.cells.count == lattice.cells.count * 9)
    #expect(abs(Self.area(fine, -.infinity) - Self.area(lattice, -.infinity)) < 1e-12)
  }

  @Test func simplerLinesStayNear() {
    let circle = Polyline(
      joining: (0...720).map { step in
        let x = Double(step) / 360 - 1
        let y = (1 - x * x).squareRoot()
        return (x, y)
      })
    let simple = circle.simplified(tolerance: 0.01)
    #expect(simple.points.count < 40 && simple.points.count > 5)
    #expect(abs(simple.length - .pi) < 0.03)
    #expect(simple.points[0] == (-1, 0) && simple.points[simple.points.count - 1] == (1, 0))
    let middle = circle.point(at: 0.5)
    #expect(abs(middle.x) < 1e-3 && abs(middle.y - 1) < 1e-3)
  }
}
