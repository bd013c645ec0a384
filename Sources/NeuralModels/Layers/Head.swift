import CKernels

/// Logits of the next byte, their loss, and its gradient: what every network ends with.
struct Head {
  let linear: Linear

  /// Rows whose logits are made at a time: 256 KiB of them, which stay in the cache.
  static let chunkRows = 256

  struct Room {
    /// [chunk][256]
    let logits: Floats
    /// [chunk]
    let losses: Floats

    init(rows: Int, slices: inout ArenaSlices) {
      logits = slices.floats(min(rows, Head.chunkRows) * 256)
      losses = slices.floats(min(rows, Head.chunkRows))
    }
  }

  /// dx [rows][inputs] and the gradients of the weights from x [rows][inputs] and the bytes that follow; with a
  /// scale of 0 the loss alone.
  /// - Returns: the summed loss in nats.
  func learn(
    _ x: UnsafePointer<Float>, targets: UnsafePointer<UInt8>, rows: Int, scale: Float,
    into dx: Floats, _ room: Room, gradient: Floats, by products: Products
  ) -> Double {
    var loss = 0.0
    for begin in stride(from: 0, to: rows, by: Self.chunkRows) {
      let count = min(Self.chunkRows, rows - begin)
      let part = x + begin * linear.inputs
      linear.forward(part, rows: count, into: room.logits, by: products)
      products.kernels.pointee.softmax_loss(
        count, room.logits, targets + begin, scale, room.losses)
      for i in 0..<count { loss += Double(room.losses[i]) }
      guard scale != 0 else { continue }
      linear.addGradient(room.logits, part, rows: count, to: gradient, by: products)
      linear.backward(room.logits, rows: count, into: dx + begin * linear.inputs, by: products)
    }
    return loss
  }
}
