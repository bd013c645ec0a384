import CKernels

/// y = x / sqrt(mean x^2 + 1e-6) · gain, row by row (Zhang and Sennrich, 2019).
struct RMSNorm {
  let columns: Int
  /// Of the gain in the buffer of parameters, and of its gradient; nil where there is none.
  private let offset: Int?
  private let gain: UnsafePointer<Float>?
  private let kernels: UnsafePointer<bpb_kernels>

  init(columns: Int, gain offset: Int?, _ weights: Weights, _ kernels: Kernels) {
    self.columns = columns
    self.offset = offset
    gain = offset.map { UnsafePointer(weights.parameters + $0) }
    self.kernels = kernels.table
  }

  /// y [rows][columns] and inverse [rows] from x [rows][columns].
  func forward(_ x: UnsafePointer<Float>, rows: Int, into y: Floats, inverse: Floats) {
    kernels.pointee.rms_norm(rows, columns, x, gain, y, inverse)
  }

  /// Adds to dx [rows][columns], and to the gain's gradient, from dy [rows][columns].
  func backward(
    _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, inverse: UnsafePointer<Float>, rows: Int,
    addingTo dx: Floats, gradient: Floats
  ) {
    kernels.pointee.rms_norm_backward(
      rows, columns, x, gain, inverse, dy, dx, offset.map { gradient + $0 })
  }
}
