import CKernels

/// stream += attention(norm(x) · qkv) · out, the attention part of a transformer's layer.
struct AttentionLayer {
  let heads: Int
  let norm: RMSNorm
  /// Queries, keys and values as one product.
  let qkv: Linear
  /// Of each head's queries and keys, without a gain.
  let headNorm: RMSNorm
  let rotary: RotaryPositions
  let out: Residual
  let kernels: UnsafePointer<bpb_kernels>

  var width: Int { norm.columns }

  /// What the backward pass needs of the forward pass.
  struct Kept {
    /// [rows][width]
    let normalised, mixed: Floats
    /// [rows]
    let inverse: Floats
    /// [rows][3 width]: queries, keys, values.
    let qkv: Floats
    /// [rows][2 heads]
    let headInverse: Floats
    /// [rows][2 width]: queries and keys, normalised and turned to their positions.
    let turned: Floats
    /// [heads][queries][probability row]
    let probabilities: Floats

    init(rows: Int, width: Int, heads: Int, probabilities count: Int, slices: inout ArenaSlices) {
      normalised = slices.floats(rows * width)
      mixed = slices.floats(rows * width)
      inverse = slices.floats(rows)
      qkv = slices.floats(rows * 3 * width)
      headInverse = slices.floats(rows * 2 * heads)
      turned = slices.floats(rows * 2 * width)
      probabilities = slices.floats(count)
    }
  }

  /// Room that all layers share.
  struct Room {
    let residual: Residual.Room
    let attentionScratch: Floats
    /// [rows][width]
    let dMixed, dNormalised: Floats
    /// [rows][2 width]
    let dTurned: Floats
    /// [rows][3 width]
    let dQKV: Floats
  }

  /// Queries, keys and values of x [rows][width], not yet turned.
  func project(_ x: UnsafePointer<Float>, rows: Int, _ kept: Kept, by products: Products) {
    norm.forward(x, rows: rows, into: kept.normalised, inverse: kept.inverse)
    qkv.forward(kept.normalised, rows: rows, into: kept.qkv, by: products)
    for row in 0..<rows {
      headNorm.forward(
        kept.qkv + row * 3 * width, rows: 2 * heads, into: kept.turned + row * 2 * width,
        inverse: kept.headInverse + row * 2 * heads)
    }
  }

  /// Turns x [rows][2 width] to the positions first ..., or its gradient back.
  func turn(_ x: Floats, rows: Int, first: Int, direction: Float) {
    kernels.pointee.rotate(
      rows, first, 2 * heads, headNorm.columns, x, 2 * width, rotary.cosines, rotary.sines,
      direction)
  }

  /// Adds to stream [rows][width] from x [rows][width], one sequence from its beginning.
  func forward(
    _ x: UnsafePointer<Float>, rows: Int, onto stream: Floats, _ kept: Kept, _ room: Room,
    seed: UInt64, by products: Products
  ) {
    project(x, rows: rows, kept, by: products)
    turn(kept.turned, rows: rows, first: 0, direction: 1)
    var attention = attention(rows: rows, kept, scratch: room.attentionScratch)
    kernels.pointee.attention(&attention)
    out.forward(kept.mixed, rows: rows, onto: stream, room.residual, seed: seed, by: products)
  }

  /// Makes dStream [rows][width], the gradient of the stream after this part, that of x before it.
  func backward(
    _ dStream: Floats, x: UnsafePointer<Float>, rows: Int, _ kept: Kept, _ room: Room,
    seed: UInt64, gradient: Floats, by products: Products
  ) {
    let dOut = out.undropped(dStream, rows: rows, room.residual, seed: seed)
    out.linear.addGradient(dOut, kept.mixed, rows: rows, to: gradient, by: products)
    out.linear.backward(dOut, rows: rows, into: room.dMixed, by: products)
    mixBackward(rows: rows, kept, room)
    headNormBackward(rows: rows, kept, room, gradient: gradient)
    qkv.addGradient(room.dQKV, kept.normalised, rows: rows, to: gradient, by: products)
    qkv.backward(room.dQKV, rows: rows, into: room.dNormalised, by: products)
    norm.backward(
      room.dNormalised, x: x, inverse: kept.inverse, rows: rows, addingTo: dStream,
      gradient: gradient)
  }

  /// dTurned, turned back, and the values' part of dQKV, from dMixed.
  private func mixBackward(rows: Int, _ kept: Kept, _ room: Room) {
    var attention = attention(rows: rows, kept, scratch: room.attentionScratch)
    var gradient = bpb_attention_gradient()
    (gradient.d_out, gradient.d_out_row) = (UnsafePointer(room.dMixed), width)
    (gradient.d_q, gradient.d_q_row) = (room.dTurned, 2 * width)
    (gradient.d_k, gradient.d_k_row) = (room.dTurned + width, 2 * width)
    (gradient.d_v, gradient.d_v_row) = (room.dQKV + 2 * width, 3 * width)
    kernels.pointee.attention_backward(&attention, &gradient)
    turn(room.dTurned, rows: rows, first: 0, direction: -1)
  }

  /// The queries' and keys' part of dQKV, from dTurned.
  private func headNormBackward(rows: Int, _ kept: Kept, _ room: Room, gradient: Floats) {
    for row in 0..<rows {
      let dx = room.dQKV + row * 3 * width
      dx.update(repeating: 0, count: 2 * width)
      headNorm.backward(
        room.dTurned + row * 2 * width, x: kept.qkv + row * 3 * width,
        inverse: kept.headInverse + row * 2 * heads, rows: 2 * heads, addingTo: dx,
        gradient: gradient)
    }
  }

  /// One sequence that attends to itself.
  private func attention(rows: Int, _ kept: Kept, scratch: Floats) -> bpb_attention {
    var attention = bpb_attention()
    (attention.queries, attention.first) = (rows, 0)
    (attention.q, attention.q_row) = (UnsafePointer(kept.turned), 2 * width)
    (attention.k, attention.k_row) = (UnsafePointer(kept.turned + width), 2 * width)
    (attention.v, attention.v_row) = (UnsafePointer(kept.qkv + 2 * width), 3 * width)
    (attention.out, attention.out_row) = (kept.mixed, width)
    complete(&attention, probabilities: kept.probabilities, scratch: scratch)
    return attention
  }

  /// Fills in what every attention of this layer has.
  func complete(_ attention: inout bpb_attention, probabilities: Floats, scratch: Floats) {
    (attention.heads, attention.head_width) = (heads, headNorm.columns)
    attention.probabilities = probabilities
    attention.probability_row = Self.probabilityRow(keys: attention.first + attention.queries)
    attention.scale = 1 / Float(headNorm.columns).squareRoot()
    attention.scratch = scratch
  }

  /// Keys, rounded up to what the kernels ask for.
  static func probabilityRow(keys: Int) -> Int { (keys + 31) / 32 * 32 }
}
