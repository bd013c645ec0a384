import CKernels
import NeuralModels
import Synchronization

/// Kernels that count the multiply-adds of the products that they are asked for. One test uses them at a time.
enum CountingKernels {
  private static let multiplyAdds = Mutex(0)

  /// Multiply-adds of the products that `body` asks for.
  static func count(_ body: () -> Void) -> Int {
    multiplyAdds.withLock { $0 = 0 }
    body()
    return multiplyAdds.withLock { $0 }
  }

  static let kernels: Kernels = {
    let table = UnsafeMutablePointer<bpb_kernels>.allocate(capacity: 1)
    table.initialize(to: Kernels.best.table.pointee)
    table.pointee.gemm = { product in
      let shape = product!.pointee
      CountingKernels.multiplyAdds.withLock { $0 += shape.m * shape.n * shape.k }
      Kernels.best.table.pointee.gemm(product)
    }
    table.pointee.attention = { attention in
      CountingKernels.multiplyAdds.withLock { $0 += 2 * CountingKernels.pairs(attention!.pointee) }
      Kernels.best.table.pointee.attention(attention)
    }
    table.pointee.attention_backward = { attention, gradient in
      CountingKernels.multiplyAdds.withLock { $0 += 4 * CountingKernels.pairs(attention!.pointee) }
      Kernels.best.table.pointee.attention_backward(attention, gradient)
    }
    return Kernels(table: table)
  }()

  /// Elements of all pairs of a query and a key that it sees.
  private static func pairs(_ attention: bpb_attention) -> Int {
    let (queries, first) = (attention.queries, attention.first)
    let seen = queries * first + queries * (queries + 1) / 2
    return seen * attention.heads * attention.head_width
  }
}
