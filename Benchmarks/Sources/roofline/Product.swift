import CKernels

/// A product with random factors, whose rows threads can share.
///
/// `@unchecked Sendable`: a thread writes to its own rows of C.
final class Product: @unchecked Sendable {
  private let shape: Shape
  private let kernels: bpb_kernels
  private let isBFloat: Bool
  private let a: UnsafeMutablePointer<Float>
  private let packed: UnsafeMutablePointer<Float>
  private let c: UnsafeMutablePointer<Float>

  init(_ shape: Shape, _ kernels: bpb_kernels, isBFloat: Bool) {
    (self.shape, self.kernels, self.isBFloat) = (shape, kernels, isBFloat)
    let (m, n, k) = (shape.m, shape.n, shape.k)
    a = Self.numbers(m * k)
    c = Self.numbers(m * n)
    packed = Self.numbers(bpb_packed_count(k + 1, n))
    let b = Self.numbers(n * k)
    defer { b.deallocate() }
    if isBFloat {
      packed.withMemoryRebound(to: UInt16.self, capacity: bpb_packed_bf16_count(k, n)) {
        kernels.pack_bf16(k, n, b, 1, k, $0)
      }
    } else {
      kernels.pack(k, n, b, 1, k, packed)
    }
  }

  deinit {
    a.deallocate()
    c.deallocate()
    packed.deallocate()
  }

  /// Computes the rows that fall to one of `threads`; returns how many operations they take.
  func run(thread: Int, of threads: Int) -> Double {
    let first = shape.m * thread / threads
    var call = bpb_gemm()
    (call.m, call.n, call.k) = (shape.m * (thread + 1) / threads - first, shape.n, shape.k)
    (call.a_row, call.a_column) = shape.isGradient ? (1, shape.m) : (shape.k, 1)
    call.a = UnsafePointer(a + first * call.a_row)
    (call.b, call.c, call.c_row) = (UnsafePointer(packed), c + first * shape.n, shape.n)
    call.accumulate = shape.isGradient ? 1 : 0
    if isBFloat { kernels.gemm_bf16(&call) } else { kernels.gemm(&call) }
    return shape.operations * Double(call.m) / Double(shape.m)
  }

  /// Numbers of a fixed sequence in -0.5 ..< 0.5, at the start of a cache line.
  private static func numbers(_ count: Int) -> UnsafeMutablePointer<Float> {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: count * 4 + 64, alignment: 64)
    let numbers = raw.bindMemory(to: Float.self, capacity: count)
    var state: UInt32 = 1
    for i in 0..<count {
      state = state &* 1_664_525 &+ 1_013_904_223  // Numerical Recipes, 2nd edition, 1992
      numbers[i] = Float(state >> 8) * 0x1p-24 - 0.5
    }
    return numbers
  }
}
