/// One decision: its probability from the leaf up to the root, and what is learned from it.
extension ContextTreeModel where Estimator: ~Copyable {
  /// The longest context in which the decision at `place` was met, and one more: from there on all nodes
  /// say the same, and stay at the odds that they begin with.
  @inline(__always)
  func pathEnd(at place: Int) -> Int {
    var end = depth
    while end > 0 && Estimator.visits(ofNode: slots[end &- 1] + place) == 0 { end &-= 1 }
    return end
  }

  /// The weighted probability of a one, in parts of 2^31. Leaves the parts that it is made of in
  /// `estimates` and `weighted`.
  @inline(__always)
  func weigh(at place: Int, to end: Int) -> Int64 {
    var estimate = LogDomain.one / 2
    for k in 0...end {
      estimate = estimator.estimate(slots[k] + place, after: estimate)
      estimates[k] = estimate
    }
    weighted[end] = estimate
    var k = end
    while k > 0 {
      k &-= 1
      let own = estimates[k]
      let weight = logDomain.weight(ofLogOdds: logOdds(k, place))
      estimate = estimate &+ ((own &- estimate) &* weight) &>> LogDomain.probabilityBits
      weighted[k] = estimate
    }
    return estimate
  }

  /// Every node on the path multiplies its odds by how much more likely it held `bit` than its child
  /// did, and counts it.
  @inline(__always)
  func learn(_ bit: UInt32, at place: Int, to end: Int) {
    let flip = bit == 0 ? LogDomain.one : 0
    for k in 0..<end {
      let own = logDomain.log2(abs(flip &- estimates[k]))
      let child = logDomain.log2(abs(flip &- weighted[k &+ 1]))
      let sum = logOdds(k, place) &+ own &- child
      let odds = min(max(sum, -Estimator.mostLogOdds), Estimator.mostLogOdds)
      slots[k][oddsOffset &+ place] = UInt32(bitPattern: odds &- Estimator.priorLogOdds)
      estimator.update(slots[k] + place, with: bit)
    }
    for k in end...depth { estimator.update(slots[k] + place, with: bit) }
  }

  /// The logarithm of a node's odds against its children.
  @inline(__always)
  private func logOdds(_ k: Int, _ place: Int) -> Int32 {
    Int32(bitPattern: slots[k][oddsOffset &+ place]) &+ Estimator.priorLogOdds
  }

  /// Words from a decision's first one to its last one, which keeps the odds.
  @inline(__always)
  private var oddsOffset: Int { (Estimator.words &- 1) &* slotWords }

  /// What is coded, in parts of 2^24.
  @inline(__always)
  mutating func refine(
    _ probability: Int64, at place: Int, after part: UInt32, to end: Int
  ) -> UInt32 {
    let most = ProbabilityRefinement.most
    guard Estimator.isRefined else {
      return UInt32(truncatingIfNeeded: min(max(probability &>> 7, 1), most))
    }
    let odds = logDomain.log2(probability) &- logDomain.log2(LogDomain.one &- probability)
    let decision = Int(part) &* slotWords &+ place
    let state = pathState(at: place, to: end)
    return refinement.refine(
      odds, decision: decision, lastByte: Int(history[position]), state: state)
  }

  /// A class of how far the path goes and how sure it is: the length of the longest context that met the
  /// decision, whether and how often the same bit came there, and the length of the shortest context
  /// in which that was always so.
  @inline(__always)
  private func pathState(at place: Int, to end: Int) -> Int {
    var longest = end
    if Estimator.visits(ofNode: slots[end] + place) == 0 && end > 0 { longest &-= 1 }
    let node = slots[longest] + place
    let visits = Int(min(Estimator.visits(ofNode: node), 3))
    let bits = Estimator.bitsMet(node)
    var shortest = longest &+ 1
    while shortest > 0 && Estimator.bitsMet(slots[shortest &- 1] + place) < 2 { shortest &-= 1 }
    return ((longest &* 3 &+ bits) &* 4 &+ visits) &* 32 &+ shortest
  }
}
