/// What happened to one binary decision, in 8 bits: about how many zeros and ones came, and which came last.
///
/// A state is a pair of counts, within bounds that leave most room to those who met one bit only; few against many are
/// forgotten when the other bit comes, so that what came lately weighs more. Bounds and discounts are those of the
/// indirect models of ZPAQ (M. Mahoney, "The ZPAQ Open Standard Format for Highly Compressed Data", level 2, 2016). 0 is
/// the history of nothing; the more came, the higher is the state.
///
/// `@unchecked Sendable`: written once, when it is made.
final class BitHistory: @unchecked Sendable {
  static let states = BitHistory()

  /// Where each state goes: `next[2 * state + bit]`.
  let next: UnsafeMutablePointer<UInt8>
  /// -1 for the states that met one kind of bit only, else 0.
  let isOneSided: UnsafeMutablePointer<Int16>
  /// Of each state.
  private(set) var counts: [(zeros: Int, ones: Int)] = []

  /// The most of the commoner bit beside so many of the other.
  private static let bounds = [20, 48, 15, 8, 6, 5]
  /// Up to so many in all a state knows which bit came last.
  private static let mostRecent = 17

  private init() {
    next = .allocate(capacity: 512)
    next.initialize(repeating: 0, count: 512)
    isOneSided = .allocate(capacity: 256)
    isOneSided.initialize(repeating: 0, count: 256)
    var places: [Pair: [Int]] = [:]
    for total in 0...Self.bounds[1] + 1 {
      for zeros in 0...total where Self.isAllowed(Pair(zeros, total - zeros)) {
        let pair = Pair(zeros, total - zeros)
        let isSplit = pair.zeros > 0 && pair.ones > 0 && total <= Self.mostRecent
        for _ in 0..<(isSplit ? 2 : 1) {
          places[pair, default: []].append(counts.count)
          counts.append((pair.zeros, pair.ones))
        }
      }
    }
    precondition(counts.count <= 256, "a state takes 8 bits")
    for state in counts.indices {
      let (zeros, ones) = counts[state]
      isOneSided[state] = (zeros == 0) != (ones == 0) ? -1 : 0
      for bit in 0...1 {
        let after = Self.after(Pair(zeros, ones), bit)
        let found = places[after]!
        next[2 * state + bit] = UInt8(found[found.count > 1 ? bit : 0])
      }
    }
  }

  private struct Pair: Hashable {
    var zeros: Int
    var ones: Int
    init(_ zeros: Int, _ ones: Int) { (self.zeros, self.ones) = (zeros, ones) }
  }

  private static func isAllowed(_ pair: Pair) -> Bool {
    let (fewer, more) = (min(pair.zeros, pair.ones), max(pair.zeros, pair.ones))
    return fewer < bounds.count && more <= bounds[fewer]
  }

  /// What is left of a count when the other bit came.
  private static func discounted(_ count: Int) -> Int {
    count <= 5 ? count : count == 6 ? 5 : count == 7 ? 6 : 7
  }

  private static func after(_ pair: Pair, _ bit: Int) -> Pair {
    var (same, other) = bit == 0 ? (pair.zeros, pair.ones) : (pair.ones, pair.zeros)
    same += 1
    other = discounted(other)
    func made() -> Pair { bit == 0 ? Pair(same, other) : Pair(other, same) }
    // What is beyond the bounds keeps about its ratio.
    while !isAllowed(made()) {
      if same > 1 { other = (other * (same - 1) + same / 2) / same }
      same -= 1
    }
    return made()
  }

  /// What a state says before anything is learned of it: the share of ones, of `scale`.
  func firstShare(of state: Int, scale: Double) -> Double {
    guard state < counts.count else { return scale / 2 }
    let (zeros, ones) = counts[state]
    return scale * (Double(ones) + 0.4) / (Double(zeros + ones) + 0.8)
  }
}
