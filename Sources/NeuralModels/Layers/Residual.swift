import CKernels

/// What a part of a transformer ends with: stream += dropout(x W^T).
struct Residual {
  let linear: Linear
  /// Numbers this place among those where something is dropped.
  let site: Int

  /// The room of a network's residual parts, and what they drop.
  struct Room {
    let dropout: Dropout
    /// [rows][outputs], if anything is dropped.
    let dropped: Floats
  }

  /// Adds to stream [rows][outputs] from x [rows][inputs].
  func forward(
    _ x: UnsafePointer<Float>, rows: Int, onto stream: Floats, _ room: Room, seed: UInt64,
    by products: Products
  ) {
    guard room.dropout.isOn else {
      return linear.forward(x, rows: rows, into: stream, .adds, by: products)
    }
    let count = rows * linear.outputs
    linear.forward(x, rows: rows, into: room.dropped, by: products)
    room.dropout.apply(room.dropped, count: count, seed: seed, site: site)
    products.kernels.pointee.add(count, room.dropped, stream)
  }

  /// The gradient of x W^T [rows][outputs] from that of the stream.
  func undropped(
    _ dStream: Floats, rows: Int, _ room: Room, seed: UInt64
  ) -> UnsafePointer<Float> {
    guard room.dropout.isOn else { return UnsafePointer(dStream) }
    let count = rows * linear.outputs
    room.dropped.update(from: dStream, count: count)
    room.dropout.apply(room.dropped, count: count, seed: seed, site: site)
    return UnsafePointer(room.dropped)
  }
}
