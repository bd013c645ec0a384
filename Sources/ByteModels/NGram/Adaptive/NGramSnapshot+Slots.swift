extension NGramSnapshot {
  /// Passes the 15 decisions of a slot.
  ///
  /// - Parameters:
  ///   - expected: how often it should have been visited; nil if nothing tells.
  ///   - nibble: the first nibble that it comes after in the urn; nil for a first nibble's slot.
  mutating func passSlot<C: SymbolCoder & ~Copyable>(
    _ from: UnsafeMutablePointer<UInt32>, _ to: UnsafeMutablePointer<UInt32>,
    expecting expected: UInt32?, _ kind: SnapshotBits.Visits, after nibble: Int?,
    with coder: inout C
  ) {
    let left = urn.slot(after: nibble)
    let limit = UrnNode.visitsLeft(left[1]) ?? BitNode.visitLimit
    let visits = passVisits(
      from[1] & 0xFF, expecting: expected.map { min($0, limit) }, kind, with: &coder)
    guard visits > 0 else { return }
    let tied: UInt32 = isTied(from, left) ? 1 : 0
    let isTied = bits.code(tied, in: SnapshotBits.tied + Int(kind.rawValue), with: &coder) == 1
    to[1] = passNode(from[1], visits: visits, left[1], isTied, with: &coder)
    for place in 2..<16 {
      let count = Self.count(in: to, before: place)
      var visits = count
      if !isTied || to[place &>> 1] & 0xFF == BitNode.visitLimit {
        visits = passVisits(
          from[place] & 0xFF, expecting: count, isTied ? .forgetful : .untied, with: &coder)
      }
      guard visits > 0 else { continue }
      to[place] = passNode(from[place], visits: visits, left[place], isTied, with: &coder)
    }
    if isTied { urn.take(to, after: nibble) }
  }

  /// How often the decision before that at `place` went its way.
  @inline(__always)
  private static func count(in slot: UnsafeMutablePointer<UInt32>, before place: Int) -> UInt32 {
    let node = slot[place &>> 1]
    let ones = BitNode.ones(node)
    return place & 1 == 1 ? ones : (node & 0xFF) &- ones
  }

  /// Whether every decision's visits are what the decision before it counted, and every count is within
  /// what the urn has left.
  private func isTied(
    _ slot: UnsafeMutablePointer<UInt32>, _ left: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    for place in 1..<16 {
      let visits = slot[place] & 0xFF
      if place > 1 && slot[place &>> 1] & 0xFF < BitNode.visitLimit {
        guard visits == Self.count(in: slot, before: place) else { return false }
      }
      guard visits > 0 else { continue }
      let range = UrnNode.range(visits: visits, from: left[place])
      let ones = BitNode.ones(slot[place])
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
    return bits.codeVisits(visits, kind, expecting: expected, with: &coder)
  }

  /// Passes how many of a decision's visits were ones, and makes the node.
  private mutating func passNode<C: SymbolCoder & ~Copyable>(
    _ node: UInt32, visits: UInt32, _ left: UInt32, _ isTied: Bool, with coder: inout C
  ) -> UInt32 {
    let left = isTied ? left : left | UrnNode.isGuide
    let ones = bits.codeOnes(BitNode.ones(node), of: visits, from: left, with: &coder)
    return BitNode.node(visits: visits, ones: ones)
  }
}
