import CKernels

/// The kernels that a network computes with, and the room that its products need.
struct Products {
  let kernels: UnsafePointer<bpb_kernels>
  private(set) var precision: Precision
  /// Where the factor of a weight's gradient is packed, one chunk of rows at a time.
  let packed: UnsafeMutableRawPointer

  /// Rows that a weight's gradient takes in at once: so few that they stay in the cache while they are packed and
  /// multiplied, so many that going through the gradient costs little.
  static let chunkRows = 256

  /// - Parameters:
  ///   - rows: the most that any product has.
  ///   - width: the most inputs or outputs that any product has.
  init(_ plan: NetworkPlan, rows: Int, width: Int, slices: inout ArenaSlices) {
    kernels = plan.kernels.table
    precision = plan.training?.precision ?? .float32
    // Only what learns has weights' gradients.
    let chunk = plan.training == nil ? 0 : min(rows, Self.chunkRows)
    packed = UnsafeMutableRawPointer(slices.floats(bpb_packed_count(chunk, width)))
  }

  /// The same products in float32, as coding needs them.
  var exact: Products {
    var exact = self
    exact.precision = .float32
    return exact
  }

  /// Computes `product`, whose right factor was packed for this precision.
  func run(_ product: inout bpb_gemm) {
    if precision == .bfloat16 {
      kernels.pointee.gemm_bf16(&product)
    } else {
      kernels.pointee.gemm(&product)
    }
  }

  /// Packs [rows][columns] as the right factor of a product that sums over the rows.
  func pack(rows: Int, columns: Int, _ x: UnsafePointer<Float>, row: Int) {
    if precision == .bfloat16 {
      kernels.pointee.pack_bf16(
        rows, columns, x, row, 1, packed.assumingMemoryBound(to: UInt16.self))
    } else {
      kernels.pointee.pack(rows, columns, x, row, 1, packed.assumingMemoryBound(to: Float.self))
    }
  }
}
