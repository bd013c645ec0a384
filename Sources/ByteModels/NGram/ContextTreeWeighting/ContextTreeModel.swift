package import BPBCore

/// Context-tree weighting over bytes: the prediction of every context tree up to a depth, weighted by how
/// well each has predicted so far and by how simple it is, at a cost that grows with the depth alone.
///
/// A byte is eight binary decisions, so 255 of them could be asked; each has a context tree of its own,
/// whose branches are the bytes before. A node s has an estimate of its own, and that of its child
/// on the path of the last bytes. It weights both by what they have made of the past:
///
///     P_w(s) = 1/2 P_e(s) + 1/2 Π P_w(children of s),    P_w = P_e at the full depth
///
/// Of these products only the logarithm of the odds P_e(s) : Π P_w(children) is kept, from which the next
/// decision's conditional probability follows from the leaf up to the root.
///
/// Source: F. M. J. Willems, Y. M. Shtarkov, T. J. Tjalkens, "The context-tree weighting method: basic
/// properties" (1995); the odds in place of products: F. M. J. Willems, T. J. Tjalkens, "Complexity
/// reduction of the context-tree weighting algorithm" (1997); bytes by binary decisions: P. A. J. Volf,
/// "Weighting techniques in data compression" (2002).
package struct ContextTreeModel<Estimator: ContextTreeEstimator & ~Copyable>: ByteModel, ~Copyable {
  /// The longest context, in bytes.
  let depth: Int
  let estimator = Estimator()
  let logDomain = LogDomain.shared
  let table: ContextTable<Estimator>
  var refinement: ProbabilityRefinement
  /// For each length of context the slot of the nibble in progress.
  let slots: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  /// For each length of context its hash at the last byte boundary.
  let hashes: UnsafeMutablePointer<UInt64>
  /// For each length of context its node's own estimate of the decision in progress.
  let estimates: UnsafeMutablePointer<Int64>
  /// For each length of context the weighted estimate of its node and all longer contexts'.
  let weighted: UnsafeMutablePointer<Int64>
  /// The last bytes, the latest one at `position`, round and round.
  let history: UnsafeMutablePointer<UInt8>
  var position = 0

  /// The longest context that a model can have.
  package static var depths: ClosedRange<Int> { ContextTree.depths }

  /// - Parameters:
  ///   - depth: the longest context in bytes, 1 to 24.
  ///   - memory: the most bytes that contexts may take.
  ///   - byteCount: raw bytes to come, so that a small input gets a small table.
  /// - Throws: `methodFailed` when there is no memory.
  package init(depth: Int, memory: Int, byteCount: Int) throws(BPBError) {
    precondition(ContextTree.depths.contains(depth), "a context tree has a depth of 1 to 24")
    let pairBytes = 2 * Estimator.wordsPerSlot * 4
    let table = try ContextTable<Estimator>(
      pairs: ContextTree.pairs(
        depth: depth, most: memory / pairBytes, byteCount: byteCount))
    let refinement = try ProbabilityRefinement(stateCount: ContextTree.pathStates(depth: depth))
    slots = .allocate(capacity: depth + 1)
    slots.initialize(repeating: table.words, count: depth + 1)
    self.depth = depth
    self.table = table
    self.refinement = refinement
    hashes = .allocate(capacity: depth + 1)
    hashes.initialize(repeating: 0, count: depth + 1)
    estimates = .allocate(capacity: 2 * (depth + 1))
    estimates.initialize(repeating: 0, count: 2 * (depth + 1))
    weighted = estimates + (depth + 1)
    history = .allocate(capacity: ContextTree.historyBytes)
    history.initialize(repeating: 0, count: ContextTree.historyBytes)
  }

  deinit {
    slots.deallocate()
    hashes.deallocate()
    estimates.deallocate()
    history.deallocate()
  }

  package var memoryBytes: Int { table.memoryBytes + refinement.memoryBytes }

  package mutating func code<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8 {
    findFirstNibble()
    let high = codeNibble(UInt32(byte &>> 4), after: 0, with: &coder)
    findSecondNibble(after: high)
    let low = codeNibble(UInt32(byte & 15), after: high &+ 1, with: &coder)
    let coded = UInt8(truncatingIfNeeded: high &<< 4 | low)
    remember(coded)
    return coded
  }

  /// - Parameter part: 0 for a byte's first nibble, for its second one the first one plus 1.
  @inline(__always)
  private mutating func codeNibble<C: SymbolCoder & ~Copyable>(
    _ nibble: UInt32, after part: UInt32, with coder: inout C
  ) -> UInt32 {
    var place = 1
    var shift: UInt32 = 4
    while shift > 0 {
      shift &-= 1
      let end = pathEnd(at: place)
      let probability = weigh(at: place, to: end)
      let share = refine(probability, at: place, after: part, to: end)
      let bit = coder.code(bit: nibble &>> shift & 1, share: share)
      if Estimator.isRefined { refinement.update(with: bit) }
      learn(bit, at: place, to: end)
      place = place &<< 1 | Int(bit)
    }
    return UInt32(truncatingIfNeeded: place) & 15
  }
}
