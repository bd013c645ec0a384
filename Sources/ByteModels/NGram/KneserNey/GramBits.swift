/// The adaptive decisions of a snapshot of n-grams, and their contexts.
struct GramBits: ~Copyable {
  private static let shapes = 32 * 6 * 4 * 2
  private static let least = 0
  private static let most = least + shapes
  private static let between = most + shapes
  private static let numbers = between + 6 * 64
  private static let presence = numbers + GramBits.numberKinds * 64
  private static let numberKinds = 32
  private var bits = AdaptiveBits(count: GramBits.presence + 2 * 32 * 8 * 4)

  /// Codes how many of `own` equal things are among `draws` drawn from `all` things.
  mutating func codeCount<C: SymbolCoder & ~Copyable>(
    _ count: UInt32, of own: UInt32, draws: UInt32, among all: UInt32, isFirst: Bool,
    with coder: inout C
  ) -> UInt32 {
    let others = all &- own
    let least = draws > others ? draws &- others : 0
    let most = min(own, draws)
    guard least < most else { return least }
    let shape = Self.shape(own, draws, all, isFirst)
    if bits.code(count == least ? 1 : 0, in: Self.least + shape, with: &coder) == 1 {
      return least
    }
    guard least + 1 < most else { return most }
    if bits.code(count == most ? 1 : 0, in: Self.most + shape, with: &coder) == 1 { return most }
    return codeBetween(count, least + 1, most - 1, Self.size(draws), with: &coder)
  }

  /// How much of the urn is of the one kind, how many are drawn, how many there are of it.
  private static func shape(
    _ own: UInt32, _ draws: UInt32, _ all: UInt32, _ isFirst: Bool
  ) -> Int {
    let isMajority = own > all &- own
    let rarer = max(isMajority ? all &- own : own, 1)
    let ratio = min((halfOctaves(all) &- halfOctaves(rarer)), 15)
    let level = isMajority ? 31 &- ratio : ratio
    let few = Int(min(own, 4)) &- 1
    return ((level &* 6 &+ size(draws)) &* 4 &+ few) &* 2 &+ (isFirst ? 1 : 0)
  }

  private static func size(_ draws: UInt32) -> Int {
    draws < 4 ? Int(draws) &- 1 : min(3 &+ (29 &- draws.leadingZeroBitCount) / 2, 5)
  }

  /// Twice the logarithm to base 2, rounded down, of a number that is not zero.
  private static func halfOctaves(_ x: UInt32) -> Int {
    guard x > 1 else { return 0 }
    let isUpperHalf = x & (1 &<< UInt32(30 &- x.leadingZeroBitCount)) != 0
    return 2 &* (31 &- x.leadingZeroBitCount) &+ (isUpperHalf ? 1 : 0)
  }

  /// By halving: six decisions learn the shape, those after them are even.
  private mutating func codeBetween<C: SymbolCoder & ~Copyable>(
    _ count: UInt32, _ least: UInt32, _ most: UInt32, _ size: Int, with coder: inout C
  ) -> UInt32 {
    var (low, high, place) = (least, most, 1)
    while low < high {
      let middle = low + (high - low) / 2
      let isAbove: UInt32 = count > middle ? 1 : 0
      let bit =
        place < 64
        ? bits.code(isAbove, in: Self.between + size * 64 + place, with: &coder)
        : coder.code(bit: isAbove, probability: evenOdds)
      if bit == 1 { low = middle + 1 } else { high = middle }
      place = min(place << 1 | Int(bit), 64)
    }
    return low
  }

  /// Codes any number: how many bits it has, then all but the highest of them.
  ///
  /// - Parameter kind: below 32; numbers of one kind are alike in size.
  mutating func codeNumber<C: SymbolCoder & ~Copyable>(
    _ number: UInt32, kind: Int = 0, with coder: inout C
  ) -> UInt32 {
    let own = UInt32(32 - number.leadingZeroBitCount)
    let base = Self.numbers + 64 * kind
    let width = min(bits.code(own, width: 6, from: base, with: &coder), 32)
    guard width > 1 else { return width }
    let highest: UInt32 = 1 << (width - 1)
    return highest | coder.codeEven(number & (highest &- 1), width: width - 1)
  }

  /// Codes whether something is there.
  ///
  /// - Parameters:
  ///   - share: of all how many are like it, as `share(_:of:)` classes it.
  ///   - size: a class below 8.
  ///   - found: how many were found before it.
  mutating func codePresence<C: SymbolCoder & ~Copyable>(
    _ isPresent: Bool, ofAny: Bool, share: Int, size: Int, found: Int, with coder: inout C
  ) -> Bool {
    let row = ((ofAny ? 32 : 0) + share) * 8 + size
    let context = Self.presence + row * 4 + min(found, 3)
    return bits.code(isPresent ? 1 : 0, in: context, with: &coder) == 1
  }

  /// A class below 32 for `part` things of `all`.
  static func share(_ part: UInt32, of all: UInt32) -> Int {
    let ratio = halfOctaves(max(all, 1)) &- halfOctaves(max(part, 1))
    return min(max(ratio, 0), 31)
  }

  /// A class below 8 for a number.
  static func size(of number: UInt32) -> Int { min(halfOctaves(max(number, 1)), 7) }
}

extension SymbolCoder where Self: ~Copyable {
  /// Codes the `width` lowest bits of a number, the highest first, each as likely a one as a zero.
  mutating func codeEven(_ number: UInt32, width: UInt32) -> UInt32 {
    var coded: UInt32 = 0
    for shift in (0..<width).reversed() {
      coded = coded << 1 | code(bit: number >> shift & 1, probability: evenOdds)
    }
    return coded
  }
}
