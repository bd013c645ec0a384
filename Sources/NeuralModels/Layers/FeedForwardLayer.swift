import CKernels

/// stream += activation(norm(x) · up) · down, the feed-forward part of a transformer's layer.
struct FeedForwardLayer {
  let norm: RMSNorm
  let up: Linear
  let down: Residual
  let activation: bpb_activation

  /// What the backward pass needs of the forward pass.
  struct Kept {
    /// [rows][width]
    let normalised: Floats
    /// [rows]
    let inverse: Floats
    /// [rows][inner], before the activation.
    let sums: Floats

    init(rows: Int, width: Int, inner: Int, slices: inout ArenaSlices) {
      normalised = slices.floats(rows * width)
      inverse = slices.floats(rows)
      sums = slices.floats(rows * inner)
    }
  }

  /// Room that all layers share.
  struct Room {
    let residual: Residual.Room
    /// [rows][inner]
    let hidden, dHidden: Floats
    /// [rows][width]
    let dNormalised: Floats
  }

  /// Adds to stream [rows][width] from x [rows][width].
  func forward(
    _ x: UnsafePointer<Float>, rows: Int, onto stream: Floats, _ kept: Kept, _ room: Room,
    seed: UInt64, by products: Products
  ) {
    norm.forward(x, rows: rows, into: kept.normalised, inverse: kept.inverse)
    up.forward(
      kept.normalised, rows: rows, into: room.hidden, .activated(activation, sums: kept.sums),
      by: products)
    down.forward(room.hidden, rows: rows, onto: stream, room.residual, seed: seed, by: products)
  }

  /// Makes dStream [rows][width], the gradient of the stream after this part, that of x before it.
  func backward(
    _ dStream: Floats, x: UnsafePointer<Float>, rows: Int, _ kept: Kept, _ room: Room,
    seed: UInt64, gradient: Floats, by products: Products
  ) {
    let kernels = products.kernels.pointee
    let kind = Int32(activation.rawValue)
    let dDown = down.undropped(dStream, rows: rows, room.residual, seed: seed)
    kernels.activate(kind, rows * up.outputs, kept.sums, room.hidden)
    down.linear.addGradient(dDown, room.hidden, rows: rows, to: gradient, by: products)
    down.linear.backward(dDown, rows: rows, into: room.dHidden, by: products)
    kernels.activate_backward(kind, rows * up.outputs, kept.sums, room.dHidden, room.dHidden)
    up.addGradient(room.dHidden, kept.normalised, rows: rows, to: gradient, by: products)
    up.backward(room.dHidden, rows: rows, into: room.dNormalised, by: products)
    norm.backward(
      room.dNormalised, x: x, inverse: kept.inverse, rows: rows, addingTo: dStream,
      gradient: gradient)
  }
}
