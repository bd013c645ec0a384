import BPBCore

/// Snapshots: a bit that says which of two forms follows, and the shorter one.
///
/// What is left out follows from all counts, and those follow from one another so well that a model that
/// was pruned a little takes fewer bytes with all its counts than without.
enum KneserNeySnapshot {
  /// A snapshot of `trie`, which has everything that was counted.
  static func write(_ trie: GramTrie, _ method: KneserNeyLearning) throws(BPBError) -> [UInt8] {
    guard method.grain == 0 else { return try CoarseSnapshot.write(method.coarse(trie)) }
    var coder = RangeEncoder()
    _ = coder.code(bit: 0, probability: evenOdds)
    var all = GramSnapshot(trie)
    _ = try all.pass(through: &coder)
    let whole = coder.finished()
    guard method.pruning.isNeeded else { return whole }
    coder = RangeEncoder()
    _ = coder.code(bit: 1, probability: evenOdds)
    var kept = PrunedSnapshot(method.pruned(trie))
    _ = try kept.pass(through: &coder)
    let part = coder.finished()
    return part.count < whole.count ? part : whole
  }

  /// The tree that `snapshot` describes, without what is to be left out.
  ///
  /// - Throws: `badData` for bytes that are no snapshot.
  static func read(
    _ snapshot: Span<UInt8>, _ method: KneserNeyLearning
  ) throws(BPBError) -> GramTrie {
    var reader = SnapshotReader(snapshot)
    let isPruned = reader.code(bit: 0, probability: evenOdds) == 1
    let trie: GramTrie
    if isPruned {
      var kept = PrunedSnapshot(order: method.order)
      trie = try kept.pass(through: &reader)
    } else {
      var all = GramSnapshot(order: method.order)
      trie = try all.pass(through: &reader)
    }
    try Snapshots.check(unusedBytes: reader.unusedBytes)
    return isPruned ? trie : method.pruned(trie)
  }
}
