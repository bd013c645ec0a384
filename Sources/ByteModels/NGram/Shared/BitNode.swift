/// What one order knows about one binary decision: how often it was met and how often it was a one.
///
/// Packed in 32 bits: the relative frequency of ones in 24 bits, the number of visits in 8. A zeroed
/// word is a node that was never met.
@usableFromInline
enum BitNode: DecisionNode {
  @inlinable package static var words: Int { 1 }

  /// Every visit to a slot passes its first decision, so that counts them.
  @inlinable @inline(__always)
  package static func visits(_ slot: UnsafeMutablePointer<UInt32>) -> UInt32 { slot[1] & 0xFF }

  /// Bits of a probability inside the model; the coder takes 16 of them.
  @usableFromInline static let probabilityBits: Int64 = 24
  /// A probability of one half.
  @usableFromInline static let evenOdds: Int64 = 1 << 23
  /// Visits are counted up to here; from then on the oldest are slowly forgotten.
  @usableFromInline static let visitLimit: UInt32 = 255

  /// Blends this order's frequency f = n₁/n into the estimate of the order below.
  ///
  /// (n₁ + c·lower)/(n + c) = lower + (f - lower)·n/(n + c): the posterior mean under a Beta prior
  /// centred on the shorter context, of strength c (MacKay and Peto 1995 for the idea). With lower = ½
  /// and c = 1 it is the Krichevsky–Trofimov estimator (1981).
  ///
  /// - Parameter weights: n/(n + c) in 16 bits, by n.
  @inlinable @inline(__always)
  static func blend(_ node: UInt32, into lower: Int64, _ weights: UnsafePointer<Int64>) -> Int64 {
    let frequency = Int64(node &>> 8)
    return lower &+ ((frequency &- lower) &* weights[Int(node & 0xFF)]) &>> 16
  }

  /// The frequency that a decision moves towards when `bit` comes.
  @inlinable @inline(__always)
  static func target(_ bit: UInt32) -> Int64 { Int64(bit) &* ((1 &<< probabilityBits) &- 1) }

  /// The node after a decision: f moves towards `target` by 1/(n + 1) of the way, n grows to its limit.
  ///
  /// - Parameters:
  ///   - rates: 1/(n + 1) in 16 bits, by n.
  ///   - increments: what to add to n, by n.
  @inlinable @inline(__always)
  static func updated(
    _ node: UInt32, target: Int64, _ rates: UnsafePointer<Int64>,
    _ increments: UnsafePointer<UInt32>
  ) -> UInt32 {
    let visits = Int(node & 0xFF)
    let step = ((target &- Int64(node &>> 8)) &* rates[visits]) &>> 8
    // In place: f stands above the 8 bits of n.
    return node &+ UInt32(truncatingIfNeeded: step & ~0xFF) &+ increments[visits]
  }

  /// The ones among a node's visits, rounded: exact while visits are counted, since all the rounding of
  /// `updated` moves n·f by less than a half.
  static func ones(_ node: UInt32) -> UInt32 {
    let visits = UInt64(node & 0xFF)
    return UInt32((UInt64(node &>> 8) &* visits &+ 1 << 23) &>> 24)
  }

  /// The node of so many visits and ones among them; `ones` gives them back.
  static func node(visits: UInt32, ones: UInt32) -> UInt32 {
    guard visits > 0 else { return 0 }
    let frequency = (UInt64(ones) &* 0xFF_FFFF &+ UInt64(visits / 2)) / UInt64(visits)
    return UInt32(frequency) &<< 8 | visits
  }

  /// The coder's probability, in 16 bits: odd, so never 0, which is full support for one instruction.
  @inlinable @inline(__always)
  static func probability(of estimate: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: estimate &>> (probabilityBits &- 16)) | 1
  }
}

/// The small tables of `BitNode`'s arithmetic, by number of visits. Immutable after `init`.
@usableFromInline
struct BitNodeTables: ~Copyable {
  /// 1/(n + 1) in 16 bits.
  @usableFromInline let rates: UnsafeMutablePointer<Int64>
  /// 1, and 0 at the limit of n.
  @usableFromInline let increments: UnsafeMutablePointer<UInt32>
  /// n/(n + c) in 16 bits, for a context that has a shorter one below it.
  @usableFromInline let weights: UnsafeMutablePointer<Int64>
  /// n/(n + 1): the KT estimator, for the shortest context.
  @usableFromInline let rootWeights: UnsafeMutablePointer<Int64>

  /// - Parameter strength: c, in visits.
  @usableFromInline
  init(strength: Int64) {
    let count = Int(BitNode.visitLimit) + 1
    rates = .allocate(capacity: 3 * count)
    weights = rates + count
    rootWeights = weights + count
    increments = .allocate(capacity: count)
    for n in 0..<Int64(count) {
      increments[Int(n)] = n < count - 1 ? 1 : 0
      rates[Int(n)] = 65536 / (n + 1)
      weights[Int(n)] = 65536 * n / (n + strength)
      rootWeights[Int(n)] = 65536 * n / (n + 1)
    }
  }

  deinit {
    rates.deallocate()
    increments.deallocate()
  }
}
