import CKernels

/// What the kernels reach at their best, to hold the speed of a whole run against.
package enum KernelPeak {
  /// Rows, columns and depth of a product that stays in the caches and wastes nothing at its borders.
  private static let width = 384

  /// Floating-point operations in a second of products of square matrices on one core: the best of the repetitions that fit
  /// into `seconds`.
  ///
  /// - Parameter now: seconds of a clock.
  package static func measure(
    kernels: Kernels = .best, seconds: Double, now: () -> Double
  ) -> Double {
    let (a, c) = (FloatBuffer(count: width * width), FloatBuffer(count: width * width))
    let packed = FloatBuffer(count: bpb_packed_count(width, width))
    kernels.table.pointee.pack(width, width, a.base, width, 1, packed.base)
    var product = bpb_gemm()
    (product.m, product.n, product.k) = (width, width, width)
    (product.a, product.a_row, product.a_column) = (UnsafePointer(a.base), width, 1)
    (product.b, product.c, product.c_row) = (UnsafePointer(packed.base), c.base, width)
    let end = now() + seconds
    var least = Double.infinity
    repeat {
      let start = now()
      kernels.table.pointee.gemm(&product)
      least = min(least, now() - start)
    } while now() < end
    return 2 * Double(width * width * width) / least
  }
}
