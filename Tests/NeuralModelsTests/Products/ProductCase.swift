import CKernels
import Testing

/// A product of random matrices, with everything that a call of `gemm` can ask for.
struct ProductCase: Sendable, CustomTestStringConvertible {
  /// How a factor lies in memory.
  enum Layout: CaseIterable { case rows, columns, apart }

  var m: Int
  var n: Int
  var k: Int
  var a = Layout.rows
  var b = Layout.rows
  var accumulates = false
  var hasBias = false
  var keepsSums = false
  var activation = BPB_IDENTITY

  var testDescription: String {
    "\(m)x\(n)x\(k) a \(a) b \(b) accumulates \(accumulates) bias \(hasBias) sums \(keepsSums)"
  }

  /// What stands between the rows of C, and must still stand there afterwards.
  static let gap: Float = -77
}

/// A matrix whose rows or columns lie apart; what is between them is not a number.
struct StridedMatrix {
  var elements: [Float]
  let row: Int
  let column: Int

  init(_ rows: Int, _ columns: Int, _ layout: ProductCase.Layout, _ numbers: inout Numbers) {
    switch layout {
    case .rows: (row, column) = (columns + 5, 1)
    case .columns: (row, column) = (1, rows + 3)
    case .apart: (row, column) = (2 * columns + 1, 2)
    }
    elements = [Float](repeating: .nan, count: rows * row + columns * column)
    let values = numbers(rows * columns)
    for i in 0..<rows {
      for j in 0..<columns { elements[i * row + j * column] = values[i * columns + j] }
    }
  }

  subscript(i: Int, j: Int) -> Float { elements[i * row + j * column] }
}

/// The factors of a case, and what C held before.
struct ProductOperands {
  let a: StridedMatrix
  let b: StridedMatrix
  let c: [Float]
  let cRow: Int
  let bias: [Float]

  init(_ shape: ProductCase, seed: Int = 1) {
    var numbers = Numbers(seed: seed)
    a = StridedMatrix(shape.m, shape.k, shape.a, &numbers)
    b = StridedMatrix(shape.k, shape.n, shape.b, &numbers)
    let cRow = shape.n + 3
    let values = numbers(shape.m * cRow)
    c = values.indices.map { $0 % cRow < shape.n ? values[$0] : ProductCase.gap }
    self.cRow = cRow
    bias = numbers(shape.n)
  }

  /// What the sum of an element starts from.
  func start(_ shape: ProductCase, _ i: Int, _ j: Int) -> Float {
    if shape.accumulates { return c[i * cRow + j] }
    return shape.hasBias ? bias[j] : 0
  }
}
