import CKernels

/// One attention with memory of its own, all of it not a number until it is written.
final class AttentionCall {
  let time, heads, headWidth: Int
  var row: Int { heads * headWidth }
  private var memory: [UnsafeMutableBufferPointer<Float>] = []
  private var call = bpb_attention()
  private var gradient = bpb_attention_gradient()

  /// `queries` queries, the first at position `first`, over inputs that hold [time][heads * headWidth] each.
  init(
    heads: Int, headWidth: Int, scale: Float, q: [Float], k: [Float], v: [Float], first: Int = 0,
    queries: Int? = nil
  ) {
    (self.heads, self.headWidth) = (heads, headWidth)
    let row = heads * headWidth
    time = k.count / row
    let queries = queries ?? time
    let keys = first + queries
    let padded = (keys + 31) / 32 * 32
    (call.queries, call.first, call.heads, call.head_width) = (queries, first, heads, headWidth)
    call.q = UnsafePointer(copy(Array(q[first * row..<keys * row])))
    call.k = UnsafePointer(copy(Array(k[..<(keys * row)])))
    call.v = UnsafePointer(copy(Array(v[..<(keys * row)])))
    (call.q_row, call.k_row, call.v_row, call.out_row) = (row, row, row, row)
    call.out = unwritten(queries * row)
    call.probabilities = unwritten(heads * queries * padded)
    call.probability_row = padded
    call.scale = scale
    call.scratch = unwritten(bpb_attention_scratch_count(keys, headWidth))
  }

  deinit { memory.forEach { $0.deallocate() } }

  /// The mixed values and the probabilities, [queries][heads * headWidth] and [heads][queries][padded].
  func forward(_ kernels: bpb_kernels) -> (out: [Float], probabilities: [Float]) {
    kernels.attention(&call)
    return (
      read(call.out, call.queries * row),
      read(call.probabilities, heads * call.queries * call.probability_row)
    )
  }

  /// d_q, d_k and d_v, after `forward`.
  func backward(_ kernels: bpb_kernels, dOut: [Float]) -> [[Float]] {
    gradient.d_out = UnsafePointer(copy(dOut))
    let gradients = (0..<3).map { _ in unwritten(time * row) }
    (gradient.d_q, gradient.d_k, gradient.d_v) = (gradients[0], gradients[1], gradients[2])
    (gradient.d_out_row, gradient.d_q_row, gradient.d_k_row, gradient.d_v_row) = (
      row, row, row, row
    )
    kernels.attention_backward(&call, &gradient)
    return gradients.map { read($0, time * row) }
  }

  private func copy(_ values: [Float]) -> UnsafeMutablePointer<Float> {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    _ = buffer.initialize(from: values)
    memory.append(buffer)
    return buffer.baseAddress!
  }

  private func unwritten(_ count: Int) -> UnsafeMutablePointer<Float> {
    copy([Float](repeating: .nan, count: count))
  }

  private func read(_ pointer: UnsafePointer<Float>, _ count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: pointer, count: count))
  }
}
