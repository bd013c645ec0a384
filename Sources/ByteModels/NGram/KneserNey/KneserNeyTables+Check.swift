import BPBCore

/// What must hold so that a body can be used without looking at any bound again. Each check is one pass.
extension KneserNeyTables {
  /// - Throws: `badData` for a body that no learner wrote.
  func check() throws(BPBError) {
    for byte in 0..<256 {
      guard levels[0].records.byte(byte) == UInt8(byte) else { throw Self.damage("bytes") }
    }
    var sum = 0.0
    for byte in 0..<256 { sum += bytes[byte] }
    guard sum <= 1 + KneserNeyCodes.tolerance else {
      throw Self.damage("probabilities of single bytes")
    }
    for index in 1..<max(order, 1) {
      guard childrenAreValid(index) else { throw Self.damage("tree of order \(index + 1)") }
      guard contextsAreValid(index) else { throw Self.damage("contexts of \(index) bytes") }
    }
  }

  private static func damage(_ what: String) -> BPBError {
    BPBError(.badData, "the \(what) in the Kneser-Ney model are damaged")
  }

  /// The children of level `index` are shared out among their parents, in order and without gaps, and the
  /// bytes of each parent's rise.
  private func childrenAreValid(_ index: Int) -> Bool {
    let (parents, children) = (levels[index - 1].records, levels[index].records)
    var end = parents.firstChild(0)
    guard end == 0 else { return false }
    for parent in 0..<parents.shape.count {
      let start = end
      end = parents.firstChild(parent &+ 1)
      guard start <= end, end &- start <= 256, end <= children.shape.count else { return false }
      var i = start &+ 1
      while i < end {
        if children.byte(i &- 1) >= children.byte(i) { return false }
        i &+= 1
      }
    }
    return end == children.shape.count
  }

  /// Each child's link is the same byte's child of what its parent is linked to, and no context gives out
  /// more than there is: its own children's probabilities and what is left to a shorter context.
  private func contextsAreValid(_ index: Int) -> Bool {
    let (parents, children) = (levels[index - 1], levels[index])
    for parent in 0..<parents.records.shape.count {
      var targets = 0..<256
      if index > 1 { targets = levels[index - 2].children(parents.records.link(parent)) }
      var (own, lower) = (0.0, 0.0)
      for child in parents.children(parent) {
        let link = children.records.link(child)
        guard targets.contains(link), parents.records.byte(link) == children.records.byte(child)
        else { return false }
        own += children.probability(child)
        lower += parents.probability(link)
      }
      let backoff = parents.backoff(parent)
      guard backoff <= KneserNeyCodes.mostBackoff,
        own + backoff * max(1 - lower, 0) <= 1 + KneserNeyCodes.tolerance
      else { return false }
    }
    return true
  }
}
