import CKernels

extension AttentionLayer {
  /// The keys and values that one layer has seen of one sequence.
  struct Cache {
    /// [context][2 width]: turned keys, then values.
    let keysAndValues: Floats
    /// Positions that are filled already.
    let filled: Int
  }

  /// Mixes the next `time` bytes of one sequence, whose rows of `kept` begin at `row`: they join the cache, and
  /// attend to all that is in it.
  func mix(row: Int, time: Int, _ kept: Kept, _ cache: Cache, scratch: Floats) {
    let turned = kept.turned + row * 2 * width
    turn(turned, rows: time, first: cache.filled, direction: 1)
    for i in 0..<time {
      let slot = cache.keysAndValues + (cache.filled + i) * 2 * width
      slot.update(from: turned + i * 2 * width + width, count: width)
      (slot + width).update(from: kept.qkv + (row + i) * 3 * width + 2 * width, count: width)
    }
    var attention = bpb_attention()
    (attention.queries, attention.first) = (time, cache.filled)
    (attention.q, attention.q_row) = (UnsafePointer(turned), 2 * width)
    (attention.k, attention.k_row) = (UnsafePointer(cache.keysAndValues), 2 * width)
    (attention.v, attention.v_row) = (UnsafePointer(cache.keysAndValues + width), 2 * width)
    (attention.out, attention.out_row) = (kept.mixed + row * width, width)
    complete(&attention, probabilities: kept.probabilities, scratch: scratch)
    kernels.pointee.attention(&attention)
  }
}
