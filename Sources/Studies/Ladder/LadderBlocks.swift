import Evidence

/// A text in pieces of about equal size: the unit over which differences between coders are drawn anew.
struct LadderBlocks {
  static let count = 32

  let ranges: [Range<Int>]

  /// The pieces of a text of so many bytes, at least one of each.
  init(bytes: Int) {
    let count = min(Self.count, bytes)
    ranges = (0..<count).map { bytes * $0 / count..<bytes * ($0 + 1) / count }
  }

  /// What each piece takes of `total` bits: its own, and of all that belongs to no byte (a model, a header, the coder's
  /// end) a share by its size. The sum is `total`.
  func shares(of bits: [Double], total: Double) -> [Double] {
    let own = ranges.map { bits[$0].reduce(0, +) }
    let rest = total - own.reduce(0, +)
    return zip(own, ranges).map { $0 + rest * Double($1.count) / Double(bits.count) }
  }

  /// Bits of the pieces of a text of so many bytes, as a replicate; nil if they are other pieces.
  static func replicate(_ bits: [Double]?, bytes: Double?) -> Replicate? {
    guard let bits, let bytes else { return nil }
    let ranges = LadderBlocks(bytes: Int(bytes)).ranges
    guard bits.count == ranges.count else { return nil }
    return Replicate(
      blocks: zip(bits, ranges).map { BlockCost(bits: $0, bytes: Double($1.count)) })
  }
}
