import CKernels

/// Turns a matrix of gradients into the nearest matrix whose singular values are about 1, which is what Muon steps
/// along (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024): five Newton-Schulz
/// iterations X <- a X + (b A + c A A) X with A = X X', whose coefficients push small singular values up
/// fast and leave them between about 0.7 and 1.2. Of a matrix with more rows than columns it is X <- a X + X (b A + c A A) with
/// A = X' X. A and its square are symmetric: only what lies below the diagonal is multiplied out.
///
/// Used from one thread at a time.
final class OrthogonalUpdate {
  private static let iterations = 5
  private static let a: Float = 3.4445
  private static let b: Float = -4.7750
  private static let c: Float = 2.0315
  /// Rows of a symmetric product that are multiplied out at once, up to the column of their end: whole panels of the factor.
  private static let symmetricRows = Int(BPB_PANEL)

  private struct Shape {
    var rows: Int
    var columns: Int

    var count: Int { rows * columns }
    var isTall: Bool { rows > columns }
    /// Rows and columns of A.
    var side: Int { min(rows, columns) }
    var length: Int { max(rows, columns) }
  }

  private let kernels: UnsafePointer<bpb_kernels>
  /// The next X, A, A A, and room for a packed factor.
  private let next, square, fourth, packed: UnsafeMutablePointer<Float>

  /// Room for matrices of each of `shapes`, [rows, columns].
  init(kernels: Kernels, shapes: [(rows: Int, columns: Int)]) {
    self.kernels = kernels.table
    let shapes = shapes.map { Shape(rows: $0.rows, columns: $0.columns) }
    let mostSquare = shapes.map { $0.side * $0.side }.max() ?? 0
    let mostPacked = shapes.map {
      max(
        bpb_packed_count($0.length, $0.side), bpb_packed_count($0.side, $0.side),
        bpb_packed_count($0.side, $0.length))
    }
    next = .allocate(capacity: shapes.map(\.count).max() ?? 0)
    square = .allocate(capacity: mostSquare)
    fourth = .allocate(capacity: mostSquare)
    packed = .allocate(capacity: mostPacked.max() ?? 0)
  }

  deinit { for buffer in [next, square, fourth, packed] { buffer.deallocate() } }

  /// Floating-point operations of the products for a matrix, those above a diagonal left out.
  static func operations(rows: Int, columns: Int) -> Double {
    let shape = Shape(rows: rows, columns: columns)
    let (side, length) = (Double(shape.side), Double(shape.length))
    let symmetric = side * (side + 1) * (length + side)
    return Double(iterations) * (symmetric + 2 * side * side * length)
  }

  /// Replaces `matrix`, [rows][columns], by its orthogonal update; one of zeros stays as it is.
  func orthogonalise(_ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    let norm = kernels.pointee.square_sum(rows * columns, matrix).squareRoot()
    guard norm > 0 else { return }
    let shape = Shape(rows: rows, columns: columns)
    kernels.pointee.scale(shape.count, Float(1 / (norm * 1.01)), matrix)
    for _ in 0..<Self.iterations { iterate(matrix, shape) }
  }

  private func iterate(_ x: UnsafeMutablePointer<Float>, _ shape: Shape) {
    let (rows, columns, side) = (shape.rows, shape.columns, shape.side)
    // X' X has the columns of X as its rows, X X' its rows.
    let (along, across) = shape.isTall ? (columns, 1) : (1, columns)
    kernels.pointee.pack(shape.length, side, x, along, across, packed)
    multiplySymmetrically(
      Factor(x, row: across, column: along), into: square, inner: shape.length, side: side)
    kernels.pointee.pack(side, side, square, side, 1, packed)
    multiplySymmetrically(
      Factor(square, row: side, column: 1), into: fourth, inner: side, side: side)
    kernels.pointee.blend(side * side, Self.b, square, Self.c, fourth)
    next.update(from: x, count: shape.count)
    kernels.pointee.scale(shape.count, Self.a, next)
    if shape.isTall {
      kernels.pointee.pack(side, side, fourth, side, 1, packed)
    } else {
      kernels.pointee.pack(rows, columns, x, columns, 1, packed)
    }
    let left = shape.isTall ? x : fourth
    multiply(
      Factor(left, row: side, column: 1), into: next, rows: rows, inner: side, columns: columns,
      row: columns, adding: true)
    x.update(from: next, count: shape.count)
  }

  /// A factor's first element, and how far its rows and columns lie apart.
  private struct Factor {
    var start: UnsafePointer<Float>
    var row: Int
    var column: Int

    init(_ start: UnsafePointer<Float>, row: Int, column: Int) {
      (self.start, self.row, self.column) = (start, row, column)
    }

    func from(_ index: Int) -> Factor { Factor(start + index * row, row: row, column: column) }
  }

  /// output [side][side] = left [side][inner] times the packed factor, where that is symmetric.
  private func multiplySymmetrically(
    _ left: Factor, into output: UnsafeMutablePointer<Float>, inner: Int, side: Int
  ) {
    for first in stride(from: 0, to: side, by: Self.symmetricRows) {
      let end = min(first + Self.symmetricRows, side)
      multiply(
        left.from(first), into: output + first * side, rows: end - first, inner: inner,
        columns: end, row: side)
    }
    kernels.pointee.mirror(side, output)
  }

  /// output [rows][columns], rows of it `row` apart, = left [rows][inner] times the packed factor.
  private func multiply(
    _ left: Factor, into output: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int,
    row: Int, adding: Bool = false
  ) {
    var product = bpb_gemm()
    product.m = rows
    product.n = columns
    product.k = inner
    product.a = left.start
    product.a_row = left.row
    product.a_column = left.column
    product.b = UnsafePointer(packed)
    product.c = output
    product.c_row = row
    product.accumulate = adding ? 1 : 0
    kernels.pointee.gemm(&product)
  }
}
