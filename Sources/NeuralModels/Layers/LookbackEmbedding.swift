import CKernels

/// The embedding of a byte, plus those of the bytes before it from a table for each distance; what there is none of
/// adds nothing.
struct LookbackEmbedding {
  /// The distances looked up besides the byte itself: 1 ... lookback.
  let lookback, columns: Int
  /// Tables [256][columns], and where their gradients lie, by distance.
  private let tables: [UnsafePointer<Float>]
  private let offsets: [Int]
  private let kernels: UnsafePointer<bpb_kernels>

  init(columns: Int, tables offsets: [Int], _ weights: Weights, _ kernels: Kernels) {
    lookback = offsets.count - 1
    self.columns = columns
    self.offsets = offsets
    tables = offsets.map { UnsafePointer(weights.parameters + $0) }
    self.kernels = kernels.table
  }

  /// x [time][columns] from `time` bytes, of which the last `known` before them are in memory too; room as x.
  func forward(
    _ bytes: UnsafePointer<UInt8>, time: Int, known: Int, into x: Floats, room: Floats
  ) {
    kernels.pointee.gather(time, columns, tables[0], bytes, x, columns)
    for back in stride(from: 1, through: lookback, by: 1) {
      let missing = min(max(back - known, 0), time)
      let count = time - missing
      kernels.pointee.gather(
        count, columns, tables[back], bytes + missing - back, room, columns)
      kernels.pointee.add(count * columns, room, x + missing * columns)
    }
  }

  /// Adds to the tables' gradients from dx [time][columns], where nothing came before.
  func backward(_ bytes: UnsafePointer<UInt8>, time: Int, _ dx: Floats, gradient: Floats) {
    for back in 0...min(lookback, time) {
      kernels.pointee.scatter(
        time - back, columns, bytes, dx + back * columns, columns, gradient + offsets[back])
    }
  }
}
