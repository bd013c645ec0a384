/// The adaptive decisions of a snapshot, and their contexts.
struct SnapshotBits: ~Copyable {
  private var bits = AdaptiveBits(count: SnapshotBits.count)

  /// What a number of visits belongs to.
  enum Visits: UInt32 {
    case unknown, context, nibble, overflow, forgetful, untied
  }

  // Where the contexts of each kind of decision begin.
  static let met = 0
  static let ownerIsMet = met + 3 * 5 * 16
  static let header = ownerIsMet + 1
  static let orphan = header + 64
  static let tied = orphan + 8
  static let expected = tied + 8
  static let visits = expected + 8 * 16
  static let ones = visits + 8 * 16 * 256
  private static let shapes = 16 * 12
  private static let onesContexts = 12 * shapes
  private static let between = ones + 2 * onesContexts
  private static let count = between + shapes * 32

  /// A count in one of 16 classes.
  static func bucket(_ count: UInt32?) -> Int {
    guard let count else { return 15 }
    if count < 4 { return Int(count) }
    return min(14, 2 * (31 - count.leadingZeroBitCount) + (count.isUpperHalf ? 1 : 0))
  }

  mutating func code<C: SymbolCoder & ~Copyable>(
    _ bit: UInt32, in context: Int, with coder: inout C
  ) -> UInt32 {
    bits.code(bit, in: context, with: &coder)
  }

  mutating func code<C: SymbolCoder & ~Copyable>(
    _ value: UInt32, width: UInt32, from base: Int, with coder: inout C
  ) -> UInt32 {
    bits.code(value, width: width, from: base, with: &coder)
  }

  /// The context of the question whether something was met: what is left of u's visits, free places,
  /// how often it is expected.
  static func metContext(_ urn: borrowing Urn, room: Int, expecting expected: UInt32?) -> Int {
    let left = !urn.isOwn ? 0 : urn.visitsLeft.map { Int(min($0, 3)) } ?? 4
    return met + (left * 3 + room) * 16 + bucket(expected)
  }

  mutating func codeVisits<C: SymbolCoder & ~Copyable>(
    _ visits: UInt32, _ kind: Visits, expecting expected: UInt32?, with coder: inout C
  ) -> UInt32 {
    let base = Self.visits + (Int(kind.rawValue) * 16 + Self.bucket(expected)) * 256
    return bits.code(visits, width: 8, from: base, with: &coder)
  }

  /// Codes how many of `visits` were ones, given what the urn has.
  mutating func codeOnes<C: SymbolCoder & ~Copyable>(
    _ ones: UInt32, of visits: UInt32, from node: UInt32, with coder: inout C
  ) -> UInt32 {
    let range = UrnNode.range(visits: visits, from: node)
    guard range.least < range.most else { return range.least }
    let (left, leftOnes) = (node & 0xFF, node &>> 8 & 0xFF)
    let isFlipped = 2 * leftOnes > left
    let rarer = isFlipped ? left - leftOnes : leftOnes
    let least = isFlipped ? visits - range.most : range.least
    let most = isFlipped ? visits - range.least : range.most
    let shape = Self.shape(visits, from: node, rarer: rarer)
    let count = codeCount(
      isFlipped ? visits &- ones : ones, least, most, visits, shape, with: &coder)
    return isFlipped ? visits - count : count
  }

  /// How even the urn is (16 classes), and how much more it has than is taken or what it is worth (12).
  private static func shape(_ visits: UInt32, from node: UInt32, rarer: UInt32) -> Int {
    let left = node & 0xFF
    guard left > 0 else { return 7 }
    let level = rarer == 0 ? 15 : min(14, halfOctaves((left << 6) / rarer) - 14)
    return level * 12 + worth(visits, node)
  }

  private static func worth(_ visits: UInt32, _ node: UInt32) -> Int {
    let left = node & 0xFF
    if node & UrnNode.isGuide == 0 && left >= visits {
      return min(5, (halfOctaves(left - visits) + 1) / 2)
    }
    if left == BitNode.visitLimit { return node & UrnNode.isBorrowed == 0 ? 6 : 8 }
    return left < 4 ? 11 : left < 16 ? 10 : 9
  }

  /// Twice the logarithm to base 2, rounded down; 0 for 0 and 1.
  private static func halfOctaves(_ x: UInt32) -> Int {
    x < 2 ? 0 : 2 * (31 - x.leadingZeroBitCount) + (x.isUpperHalf ? 1 : 0)
  }

  private mutating func codeCount<C: SymbolCoder & ~Copyable>(
    _ count: UInt32, _ least: UInt32, _ most: UInt32, _ visits: UInt32, _ shape: Int,
    with coder: inout C
  ) -> UInt32 {
    let size = min(11, visits < 3 ? Int(visits) - 1 : Self.halfOctaves(visits) - 1)
    let context = Self.ones + (size * Self.shapes + shape)
    if code(count == least ? 1 : 0, in: context, with: &coder) == 1 { return least }
    guard least + 1 < most else { return most }
    let isMost: UInt32 = count == most ? 1 : 0
    if code(isMost, in: context + Self.onesContexts, with: &coder) == 1 { return most }
    return codeBetween(count, least + 1, most - 1, shape, with: &coder)
  }

  /// By halving: five decisions learn the shape, those after them are even.
  private mutating func codeBetween<C: SymbolCoder & ~Copyable>(
    _ count: UInt32, _ least: UInt32, _ most: UInt32, _ shape: Int, with coder: inout C
  ) -> UInt32 {
    var (low, high, place) = (least, most, 1)
    while low < high {
      let middle = (low + high) / 2
      let isAbove: UInt32 = count > middle ? 1 : 0
      let bit =
        place < 32
        ? code(isAbove, in: Self.between + shape * 32 + place, with: &coder)
        : coder.code(bit: isAbove, probability: evenOdds)
      if bit == 1 { low = middle + 1 } else { high = middle }
      place = place << 1 | Int(bit)
    }
    return low
  }
}

extension UInt32 {
  /// Whether the bit below the highest is set: the number is in the upper half of its octave.
  fileprivate var isUpperHalf: Bool {
    self & (1 << UInt32(30 - leadingZeroBitCount)) != 0
  }
}
