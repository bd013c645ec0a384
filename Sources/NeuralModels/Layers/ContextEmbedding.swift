import CKernels

/// The embeddings of a byte and of those before it side by side, the latest first; what there is none of is 0.
struct ContextEmbedding {
  let context, columns: Int
  /// [256][columns], and where its gradient lies.
  let table: UnsafePointer<Float>
  let offset: Int
  let kernels: UnsafePointer<bpb_kernels>

  private var row: Int { context * columns }

  /// x [time][context · columns] from a window [context - 1 + time] whose first context - 1 bytes came before; the last
  /// `known` of these are bytes, the others stand for nothing.
  func forward(_ window: UnsafePointer<UInt8>, time: Int, known: Int, into x: Floats) {
    for back in 0..<context {
      let missing = min(max(back - known, 0), time)
      for step in 0..<missing {
        (x + step * row + back * columns).update(repeating: 0, count: columns)
      }
      kernels.pointee.gather(
        time - missing, columns, table, window + (context - 1 - back + missing),
        x + missing * row + back * columns, row)
    }
  }

  /// Adds to the table's gradient from dx [time][context · columns], where nothing came before.
  func backward(_ bytes: UnsafePointer<UInt8>, time: Int, _ dx: Floats, gradient: Floats) {
    for back in 0..<min(context, time) {
      kernels.pointee.scatter(
        time - back, columns, bytes, dx + back * row + back * columns, row, gradient + offset)
    }
  }
}
