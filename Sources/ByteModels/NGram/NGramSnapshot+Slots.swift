extension NGramSnapshot {
  /// Passes the 15 decisions of a slot.
  ///
  /// - Parameters:
  ///   - expected: how often it should have been visited; nil if nothing tells.
  ///   - urn: the slot of the shorter context's counts that these are among; nil if there is none.
  mutating func passSlot<C: SymbolCoder & ~Copyable>(
    _ from: UnsafeMutablePointer<UInt32>, _ to: UnsafeMutablePointer<UInt32>,
    expecting expected: UInt32?, _ kind: SnapshotBits.Visits, urn slot: Int?,
    with coder: inout C
  ) {
    let left = slot.map { urn + $0 * slotWords } ?? nothing
    let limit = UrnNode.limit(left[1])
    let visits = passVisits(
      from[1] & 0xFF, expecting: expected.map { min($0, limit) }, kind, with: &coder)
    guard visits > 0 else { return }
    let isTied =
      bits.code(
        isTied(from, left) ? 1 : 0, in: SnapshotBits.tied + Int(kind.rawValue), with: &coder) == 1
    to[1] = passNode(from[1], visits: visits, left: isTied ? left[1] : 0, with: &coder)
    for place in 2..<16 {
      let parent = to[place &>> 1]
      let count = place & 1 == 1 ? BitNode.ones(parent) : (parent & 0xFF) &- BitNode.ones(parent)
      var visits = count
      if !isTied || parent & 0xFF == BitNode.visitLimit {
        visits = passVisits(
          from[place] & 0xFF, expecting: count, isTied ? .forgetful : .untied, with: &coder)
      }
      guard visits > 0 else { continue }
      let urnNode = isTied ? left[place] : 0
      to[place] = passNode(from[place], visits: visits, left: urnNode, with: &coder)
    }
    if isTied && slot != nil { UrnNode.draw(to, from: left) }
  }

  /// Whether every decision's visits are what the decision before it counted, and every count is within
  /// what the urn has left.
  private func isTied(
    _ slot: UnsafeMutablePointer<UInt32>, _ left: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    for place in 1..<16 {
      let (visits, ones) = (slot[place] & 0xFF, BitNode.ones(slot[place]))
      if place > 1 {
        let parent = slot[place &>> 1]
        let parentOnes = BitNode.ones(parent)
        let count = place & 1 == 1 ? parentOnes : (parent & 0xFF) &- parentOnes
        if parent & 0xFF < BitNode.visitLimit && count != visits { return false }
      }
      guard visits > 0 else { continue }
      let range = UrnNode.range(visits: visits, left: left[place])
      if ones < range.least || ones > range.most { return false }
    }
    return true
  }

  /// Passes how often a decision was met.
  private mutating func passVisits<C: SymbolCoder & ~Copyable>(
    _ visits: UInt32, expecting expected: UInt32?, _ kind: SnapshotBits.Visits,
    with coder: inout C
  ) -> UInt32 {
    if let expected {
      let context = SnapshotBits.expected + Int(kind.rawValue) * 16 + SnapshotBits.bucket(expected)
      let isExpected: UInt32 = visits == expected ? 1 : 0
      if bits.code(isExpected, in: context, with: &coder) == 1 { return expected }
    }
    let base = SnapshotBits.visits + Int(kind.rawValue) * 256
    return bits.code(visits, width: 8, from: base, with: &coder)
  }

  /// Passes how many of a decision's visits were ones, and makes the node.
  private mutating func passNode<C: SymbolCoder & ~Copyable>(
    _ node: UInt32, visits: UInt32, left: UInt32, with coder: inout C
  ) -> UInt32 {
    let ones = bits.codeOnes(BitNode.ones(node), of: visits, left: left, with: &coder)
    return BitNode.node(visits: visits, ones: ones)
  }

  /// Fills the urn with the counts of a context.
  mutating func fillUrn(from context: NGramContext) {
    UrnNode.fill(urn, from: context.first)
    for nibble in 0..<16 {
      let part = urn + (nibble &+ 1) &* slotWords
      let isMet = NGramTables.count(of: nibble, in: context.first) > 0
      if isMet, let slot = target.slot(after: nibble, in: context) {
        UrnNode.fill(part, from: slot)
      } else {
        part.update(repeating: 0, count: slotWords)
      }
    }
  }
}

/// What is left of a decision's counts after some of the longer contexts took theirs: visits in 8 bits,
/// ones in the next 8, and a flag for a count that had reached its limit, from which nothing is taken.
/// Zero if nothing is known.
enum UrnNode {
  static let isForgetful: UInt32 = 1 << 16

  /// Whether all was taken.
  static func isEmpty(_ node: UInt32) -> Bool { node == 0 }

  /// How many visits can be taken at most.
  static func limit(_ node: UInt32) -> UInt32 {
    node == 0 || node & isForgetful != 0 ? BitNode.visitLimit : node & 0xFF
  }

  static func fill(_ part: UnsafeMutablePointer<UInt32>, from slot: UnsafeMutablePointer<UInt32>) {
    for place in 1..<slotWords {
      let visits = slot[place] & 0xFF
      let flag = visits == BitNode.visitLimit ? isForgetful : 0
      part[place] = flag | BitNode.ones(slot[place]) &<< 8 | visits
    }
  }

  /// Takes a slot's counts, which are within what is left.
  static func draw(
    _ slot: UnsafeMutablePointer<UInt32>, from part: UnsafeMutablePointer<UInt32>
  ) {
    for place in 1..<slotWords {
      let visits = slot[place] & 0xFF
      let node = part[place]
      guard visits > 0, node & isForgetful == 0, node & 0xFF >= visits else { continue }
      part[place] = node &- visits &- BitNode.ones(slot[place]) &<< 8
    }
  }

  /// How many of `visits` can be ones.
  static func range(visits: UInt32, left: UInt32) -> (least: UInt32, most: UInt32) {
    guard left & isForgetful == 0, left & 0xFF >= visits else { return (0, visits) }
    let ones = left &>> 8
    let zeros = (left & 0xFF) &- ones
    return (visits > zeros ? visits &- zeros : 0, min(visits, ones))
  }
}
