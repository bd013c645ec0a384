import CKernels

/// Turns a matrix of gradients into the nearest matrix whose singular values are about 1, which is what Muon steps
/// along (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024): five Newton-Schulz
/// iterations X <- a X + (b A + c A A) X with A = X X', whose coefficients push small singular values up
/// fast and leave them between about 0.7 and 1.2.
///
/// Used from one thread at a time.
final class OrthogonalUpdate {
  private static let iterations = 5
  private static let a: Float = 3.4445
  private static let b: Float = -4.7750
  private static let c: Float = 2.0315

  /// A matrix's size, lying: no more rows than columns.
  private struct Shape {
    var rows: Int
    var columns: Int

    init(_ rows: Int, _ columns: Int) {
      self.rows = min(rows, columns)
      self.columns = max(rows, columns)
    }

    var count: Int { rows * columns }
  }

  private let kernels: UnsafePointer<bpb_kernels>
  /// X, the next X, A, A A, and room for a packed factor.
  private let x, next, square, fourth, packed: UnsafeMutablePointer<Float>

  /// Room for matrices of each of `shapes`, [rows, columns].
  init(kernels: Kernels, shapes: [(rows: Int, columns: Int)]) {
    self.kernels = kernels.table
    let shapes = shapes.map { Shape($0.rows, $0.columns) }
    let most = shapes.map(\.count).max() ?? 0
    let mostSquare = shapes.map { $0.rows * $0.rows }.max() ?? 0
    let mostPacked = shapes.map {
      max(
        bpb_packed_count($0.columns, $0.rows), bpb_packed_count($0.rows, $0.rows),
        bpb_packed_count($0.rows, $0.columns))
    }
    x = .allocate(capacity: most)
    next = .allocate(capacity: most)
    square = .allocate(capacity: mostSquare)
    fourth = .allocate(capacity: mostSquare)
    packed = .allocate(capacity: mostPacked.max() ?? 0)
  }

  deinit { for buffer in [x, next, square, fourth, packed] { buffer.deallocate() } }

  /// Replaces `matrix`, [rows][columns], by its orthogonal update; one of zeros stays as it is.
  func orthogonalise(_ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    let norm = kernels.pointee.square_sum(rows * columns, matrix).squareRoot()
    guard norm > 0 else { return }
    let shape = Shape(rows, columns)
    let isTall = rows > columns
    copy(from: matrix, to: x, rows: shape.rows, columns: shape.columns, transposed: isTall)
    kernels.pointee.scale(shape.count, Float(1 / (norm * 1.01)), x)
    for _ in 0..<Self.iterations { iterate(shape) }
    copy(from: x, to: matrix, rows: rows, columns: columns, transposed: isTall)
  }

  /// to[i][j] = from[i][j], or from[j][i]; `rows` and `columns` are those of `to`.
  private func copy(
    from: UnsafeMutablePointer<Float>, to: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
    transposed: Bool
  ) {
    guard transposed else { return to.update(from: from, count: rows * columns) }
    for i in 0..<rows {
      for j in 0..<columns { to[i &* columns &+ j] = from[j &* rows &+ i] }
    }
  }

  /// x <- a x + (b A + c A A) x.
  private func iterate(_ shape: Shape) {
    let (r, c) = (shape.rows, shape.columns)
    kernels.pointee.pack(c, r, x, 1, c, packed)
    multiply(x, into: square, rows: r, inner: c, columns: r)
    kernels.pointee.pack(r, r, square, r, 1, packed)
    multiply(square, into: fourth, rows: r, inner: r, columns: r)
    kernels.pointee.blend(r * r, Self.b, square, Self.c, fourth)
    kernels.pointee.pack(r, c, x, c, 1, packed)
    next.update(from: x, count: shape.count)
    kernels.pointee.scale(shape.count, Self.a, next)
    multiply(fourth, into: next, rows: r, inner: r, columns: c, adding: true)
    x.update(from: next, count: shape.count)
  }

  /// output [rows][columns] = left [rows][inner] times the packed factor.
  private func multiply(
    _ left: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, rows: Int, inner: Int,
    columns: Int, adding: Bool = false
  ) {
    var product = bpb_gemm()
    product.m = rows
    product.n = columns
    product.k = inner
    product.a = left
    product.a_row = inner
    product.a_column = 1
    product.b = UnsafePointer(packed)
    product.c = output
    product.c_row = columns
    product.accumulate = adding ? 1 : 0
    kernels.pointee.gemm(&product)
  }
}
