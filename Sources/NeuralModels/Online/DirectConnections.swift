import BPBCore
import CKernels

/// Weights from the contexts of one to `orders` bytes, and from none, straight to the 256 outputs: a maximum-entropy
/// model that learns by gradient (Rosenfeld, 1996; Mikolov et al., 2011).
///
/// A context selects one row of 256 weights by a hash of its bytes; contexts that fall on the same row share it. A row's
/// rate falls with the fourth root of how often it was learned from, so that new contexts learn fast.
final class DirectConnections {
  private let kernels: UnsafePointer<bpb_kernels>
  /// The longest context.
  let orders: Int
  /// log2 of the rows for each order of two and more.
  private let rowBits: Int
  /// [order]: weights [rows][256], and visits of each row.
  private let weights: [FloatBuffer]
  private let visits: [UnsafeMutablePointer<UInt16>]
  private let rows: [Int]
  /// Rate of a row by its visits.
  private let rates: [Float]

  private static let rate: Float = 0.6
  /// Of a row's rate, by order: what is always or often there must not learn the same thing as what is not.
  private static let shares: [Float] = [0.3, 0.5]
  private static let visitLimit = 4095

  /// Connections of contexts up to `orders` bytes in about `memory` bytes, for a text of `byteCount`.
  init(orders: Int, memory: Int, byteCount: Int, kernels: Kernels) {
    self.kernels = kernels.table
    self.orders = orders
    let hashed = max(orders - 1, 1)
    var bits = 8
    while bits < 22 && (2 << bits) * 1026 * hashed <= memory && 1 << bits < 2 * byteCount {
      bits += 1
    }
    rowBits = bits
    rows = (0...orders).map { $0 == 0 ? 1 : $0 == 1 ? 256 : 1 << bits }
    weights = rows.map { FloatBuffer(count: $0 * 256) }
    visits = rows.map { count in
      let visits = UnsafeMutablePointer<UInt16>.allocate(capacity: count)
      visits.initialize(repeating: 0, count: count)
      return visits
    }
    rates = (0...Self.visitLimit).map { Self.rate / Float($0 + 1).squareRoot().squareRoot() }
  }

  deinit { for visits in visits { visits.deallocate() } }

  var memoryBytes: Int { rows.reduce(0) { $0 + $1 * 1026 } }

  /// The rows that the bytes before `end` select, of which there are `available`: `selected` [orders + 1]; -1 where there
  /// are too few bytes.
  func select(
    before end: UnsafePointer<UInt8>, available: Int, into selected: UnsafeMutablePointer<Int32>
  ) {
    var hash: UInt64 = 0
    selected[0] = 0
    for order in 1...max(orders, 1) where order <= orders {
      guard order <= available else {
        selected[order] = -1
        continue
      }
      let byte = end[-order]
      hash = (hash &+ UInt64(byte) &+ 1) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      selected[order] =
        order == 1 ? Int32(byte) : Int32(truncatingIfNeeded: hash >> (64 - UInt64(rowBits)))
    }
  }

  /// How many of the selected rows were learned from before, those of no and one byte left out.
  func familiarity(_ selected: UnsafePointer<Int32>) -> Int {
    var count = 0
    for order in stride(from: 2, through: orders, by: 1)
    where selected[order] >= 0 && visits[order][Int(selected[order])] > 0 { count += 1 }
    return count
  }

  /// The sum of the selected rows.
  func sum(_ selected: UnsafePointer<Int32>, into logits: UnsafeMutablePointer<Float>) {
    logits.update(from: weights[0].base, count: 256)
    for order in 1...max(orders, 1) where order <= orders && selected[order] >= 0 {
      kernels.pointee.add(256, weights[order].base + Int(selected[order]) * 256, logits)
    }
  }

  /// Moves the row of one order against `gradient`, that of the logits.
  func learn(order: Int, row: Int32, gradient: UnsafePointer<Float>) {
    guard row >= 0 else { return }
    let count = visits[order] + Int(row)
    let share = order < Self.shares.count ? Self.shares[order] : 1
    kernels.pointee.blend(
      256, -rates[Int(count.pointee)] * share, gradient, 1, weights[order].base + Int(row) * 256)
    count.pointee = min(count.pointee + 1, UInt16(Self.visitLimit))
  }
}
