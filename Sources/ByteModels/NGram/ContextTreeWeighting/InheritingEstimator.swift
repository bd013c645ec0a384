/// The estimator of the method as it is used: the relative frequency of ones under a prior centred on
/// what the shorter context estimates, as in the n-gram model (see `BitNode.blend`).
///
/// Two things set it apart from that. The strength of the prior is c = 4 visits only where both bits were
/// met; where always the same one came it grows as 1.4 √(n + 1), so that the other one's probability,
/// the escape of other models, falls slowly. And when the other one comes at last, three quarters of the
/// visits beyond the first are forgotten: what was certain has changed.
///
/// Nodes are at odds of 15 to 85 against their children: a longer context's estimate already leans on the
/// shorter one's where it has little of its own, so it may be trusted sooner.
package struct InheritingEstimator: ContextTreeEstimator, ~Copyable {
  package static var words: Int { 2 }
  /// log2 (0.15/0.85).
  package static var priorLogOdds: Int32 { -2_624_054 }
  /// 16 bits: a node whose luck has turned is believed again in time.
  package static var mostLogOdds: Int32 { 16 << LogDomain.fractionBits }
  package static var isRefined: Bool { true }

  private let tables = BitNodeTables(strength: 4)
  private let certainWeights: UnsafeMutablePointer<Int64>

  package init() {
    let count = Int(BitNode.visitLimit) + 1
    certainWeights = .allocate(capacity: count)
    for n in 0..<count {
      let strength = 1.4 * (Double(n) + 1).squareRoot()
      certainWeights[n] = Int64((65536 * Double(n) / (Double(n) + strength)).rounded())
    }
  }

  deinit { certainWeights.deallocate() }

  @inline(__always)
  package func estimate(_ node: UnsafeMutablePointer<UInt32>, after shorter: Int64) -> Int64 {
    let word = node[0]
    let weights = Self.isCertain(word) ? certainWeights : tables.weights
    let blended = BitNode.blend(word, into: shorter &>> Self.spareBits, weights)
    return min(max(blended, 1), Self.most) &<< Self.spareBits
  }

  @inline(__always)
  package func update(_ node: UnsafeMutablePointer<UInt32>, with bit: UInt32) {
    var word = node[0]
    let target = BitNode.target(bit)
    if Self.isCertain(word) && Int64(word &>> 8) != target {
      let visits = word & 0xFF
      word = word &- visits &+ (visits &+ 3) &>> 2
    }
    node[0] = BitNode.updated(word, target: target, tables.rates, tables.increments)
  }

  @inline(__always)
  package static func visits(ofNode node: UnsafeMutablePointer<UInt32>) -> UInt32 {
    node[0] & 0xFF
  }

  @inline(__always)
  package static func bitsMet(_ node: UnsafeMutablePointer<UInt32>) -> Int {
    guard isCertain(node[0]) else { return 2 }
    return Int(node[0] &>> 31)
  }

  /// Whether always the same bit came, or none yet: a frequency of 0, or of all ones.
  @inline(__always)
  private static func isCertain(_ word: UInt32) -> Bool { word &+ 0x100 < 0x200 }

  private static let spareBits = LogDomain.probabilityBits - BitNode.probabilityBits
  private static let most: Int64 = 1 << BitNode.probabilityBits - 1
}
