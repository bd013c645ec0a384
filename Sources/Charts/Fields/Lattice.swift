/// Heights at the crossings of columns and rows, all in lengths of a drawing; NaN where unknown.
struct Lattice {
  let x: [Double]
  let y: [Double]
  /// Row by row.
  let heights: [Double]

  /// A cell by its corner of least column and row.
  struct Cell {
    let column: Int
    let row: Int
  }

  /// All cells whose four corners are known, row by row.
  let cells: [Cell]
  private let isCell: [Bool]

  init(x: [Double], y: [Double], heights: [Double]) {
    precondition(heights.count == x.count * y.count, "a lattice has a height at each crossing")
    (self.x, self.y, self.heights) = (x, y, heights)
    var isCell = [Bool](repeating: false, count: heights.count)
    var cells: [Cell] = []
    for row in y.indices.dropLast() {
      for column in x.indices.dropLast() {
        let corner = row * x.count + column
        let corners = [corner, corner + 1, corner + x.count, corner + x.count + 1]
        guard !corners.contains(where: { heights[$0].isNaN }) else { continue }
        isCell[corner] = true
        cells.append(Cell(column: column, row: row))
      }
    }
    (self.cells, self.isCell) = (cells, isCell)
  }

  /// Whether there is a cell whose corners are known; there is none outside.
  func hasCell(column: Int, row: Int) -> Bool {
    x.indices.contains(column) && y.indices.contains(row) && isCell[row * x.count + column]
  }

  /// The crossings at the corners of `cell`, going round it.
  func corners(of cell: Cell) -> [Int] {
    let corner = cell.row * x.count + cell.column
    return [corner, corner + 1, corner + x.count + 1, corner + x.count]
  }

  /// Whether what lies beyond a side of `cell` is unknown; sides are counted as `corners` are, each
  /// from the corner of its number to the next.
  func isBorder(_ cell: Cell, side: Int) -> Bool {
    let (across, up) = [(0, -1), (1, 0), (0, 1), (-1, 0)][side]
    return !hasCell(column: cell.column + across, row: cell.row + up)
  }
}
