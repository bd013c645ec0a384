/// The estimator of the method as published: all zeros and ones are counted, each with a half to begin
/// with, and a node stands at even odds against its children.
///
/// p(1) = (n₁ + 1/2)/(n + 1). Source: R. Krichevsky, V. Trofimov, "The performance of universal encoding"
/// (1981). Counts reach 2^27 before both are halved.
package struct KrichevskyTrofimovEstimator: ContextTreeEstimator, ~Copyable {
  package static var words: Int { 3 }
  package static var priorLogOdds: Int32 { 0 }
  /// 2000 bits: what is cut off costs under 2^-1999 bits a decision.
  package static var mostLogOdds: Int32 { 2000 << LogDomain.fractionBits }
  package static var isRefined: Bool { false }

  package init() {}

  @inline(__always)
  package func estimate(_ node: UnsafeMutablePointer<UInt32>, after shorter: Int64) -> Int64 {
    let zeros = UInt64(node[0])
    let ones = UInt64(node[slotWords])
    let share = ((2 &* ones &+ 1) &<< 30) / (zeros &+ ones &+ 1)
    return Int64(truncatingIfNeeded: share)
  }

  @inline(__always)
  package func update(_ node: UnsafeMutablePointer<UInt32>, with bit: UInt32) {
    let count = node + Int(bit) &* slotWords
    count[0] &+= 1
    if count[0] == 1 << 27 { halve(node) }
  }

  @inline(never)
  private func halve(_ node: UnsafeMutablePointer<UInt32>) {
    node[0] &>>= 1
    node[slotWords] &>>= 1
  }

  @inline(__always)
  package static func visits(ofNode node: UnsafeMutablePointer<UInt32>) -> UInt32 {
    node[0] &+ node[slotWords]
  }

  @inline(__always)
  package static func bitsMet(_ node: UnsafeMutablePointer<UInt32>) -> Int {
    node[slotWords] == 0 ? 0 : node[0] == 0 ? 1 : 2
  }
}
