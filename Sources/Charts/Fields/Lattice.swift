/// Heights at the crossings of columns and rows, all in lengths of a drawing; NaN where unknown.
struct Lattice {
  let x: [Double]
  let y: [Double]
  /// Row by row.
  let heights: [Double]
  /// All cells whose four corners are known, row by row.
  let cells: [Cell]
  /// Sides of cells beyond which nothing is known, cell by cell.
  let borders: [Side]

  /// Four crossings and what lies between them.
  struct Cell {
    /// Numbers of the crossings, going round from that of least column and row.
    let corners: [Int]
    /// From the lowest corner to the highest.
    let span: ClosedRange<Double>
  }

  /// A side of a cell, from the corner of this number to the next.
  struct Side {
    let cell: Cell
    let number: Int
  }

  init(x: [Double], y: [Double], heights: [Double]) {
    precondition(heights.count == x.count * y.count, "a lattice has a height at each crossing")
    (self.x, self.y, self.heights) = (x, y, heights)
    let rows = y.indices.dropLast().map { row in
      x.indices.dropLast().map { column in
        Self.cell(at: row * x.count + column, width: x.count, heights)
      }
    }
    cells = rows.flatMap { $0.compactMap(\.self) }
    borders = rows.indices.flatMap { row in
      rows[row].indices.flatMap { column in Self.borders(of: rows, row, column) }
    }
  }

  /// The cell with its least corner at that crossing; nil if one of its corners is unknown.
  private static func cell(at corner: Int, width: Int, _ heights: [Double]) -> Cell? {
    let corners = [corner, corner + 1, corner + width + 1, corner + width]
    let known = corners.map { heights[$0] }.filter { !$0.isNaN }
    guard known.count == 4, let low = known.min(), let high = known.max() else { return nil }
    return Cell(corners: corners, span: low...high)
  }

  private static func borders(of rows: [[Cell?]], _ row: Int, _ column: Int) -> [Side] {
    guard let cell = rows[row][column] else { return [] }
    let beyond = [(row - 1, column), (row, column + 1), (row + 1, column), (row, column - 1)]
    return beyond.enumerated().compactMap { number, place in
      let isInside = rows.indices.contains(place.0) && rows[row].indices.contains(place.1)
      let isKnown = isInside && rows[place.0][place.1] != nil
      return isKnown ? nil : Side(cell: cell, number: number)
    }
  }
}
