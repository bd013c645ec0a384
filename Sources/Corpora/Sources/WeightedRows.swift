import BPBCore

/// Rows of integer weights, from each of which an index can be drawn in a few steps.
///
/// The draw is the plain one, the first symbol whose cumulated weight exceeds a number below the row's
/// total; a guide for the upper bits of the random number says where to begin (Chen and Asau, 1974).
struct WeightedRows: Sendable {
  /// Weights in a row.
  let length: Int
  /// The sum of the weights up to and including each cell's, within its row.
  private let cumulated: [UInt64]
  private let totals: [UInt64]
  /// For each row and each value of the upper bits, the first cell that can come out.
  private let guide: [UInt32]
  private let guideBits: Int

  /// Rows of `length` weights each; in no row are all zero, nor is their sum 2^32 or more.
  init(_ weights: [UInt32], length: Int) {
    self.length = length
    let rows = weights.count / length
    var cumulated: [UInt64] = []
    cumulated.reserveCapacity(weights.count)
    var sum: UInt64 = 0
    for (cell, weight) in weights.enumerated() {
      sum = UInt64(weight) + (cell % length == 0 ? 0 : sum)
      cumulated.append(sum)
    }
    let totals = (0..<rows).map { cumulated[$0 * length + length - 1] }
    precondition(totals.allSatisfy { 1..<1 << 32 ~= $0 }, "a row's weights sum to 1...2^32 - 1")
    let guideBits = min(Int.bitWidth - (length - 1).leadingZeroBitCount, 8)
    guide = (0..<rows).flatMap { row in
      Self.guide(cumulated, from: row * length, total: totals[row], bits: guideBits)
    }
    (self.cumulated, self.totals, self.guideBits) = (cumulated, totals, guideBits)
  }

  private static func guide(
    _ cumulated: [UInt64], from first: Int, total: UInt64, bits: Int
  ) -> [UInt32] {
    var cell = first
    return (UInt64(0)..<1 << UInt64(bits)).map { bucket in
      let smallest = (bucket << UInt64(64 - bits)).multipliedFullWidth(by: total).high
      while smallest >= cumulated[cell] { cell += 1 }
      return UInt32(cell)
    }
  }

  /// A cell of `row`, its place in all the weights, drawn by `SeededGenerator.next(below:)`.
  @inline(__always)
  func draw(row: Int, from generator: inout SeededGenerator) -> Int {
    let random = generator.next()
    let target = random.multipliedFullWidth(by: totals[row]).high
    let bucket = guideBits == 0 ? 0 : Int(random >> UInt64(64 - guideBits))
    var cell = Int(guide[row << guideBits + bucket])
    while target >= cumulated[cell] { cell += 1 }
    return cell
  }

  /// The probability of a cell within its row.
  func probability(of cell: Int) -> Double {
    let weight = cumulated[cell] - (cell % length == 0 ? 0 : cumulated[cell - 1])
    return Double(weight) / Double(totals[cell / length])
  }

  /// The entropy of a row, in bits.
  func entropy(ofRow row: Int) -> Double {
    (row * length..<(row + 1) * length).reduce(0) { sum, cell in
      let p = probability(of: cell)
      return p > 0 ? sum - p * PortableMath.log2(p) : sum
    }
  }
}
