import BPBCore

/// Codes a tree that was pruned: what stays, its counts, and what went in sums.
///
/// Whether an n-gram x·u·b stays is a decision for each u·b that does, as likely as u·b is frequent among what
/// follows u. Counts of the lower orders no longer follow from the longer n-grams, so each is coded.
struct PrunedSnapshot: ~Copyable {
  private var trie: GramTrie
  private let order: Int
  /// What a writer writes; nil for a reader.
  private let source: GramTrie?
  private var bits = GramBits()

  private enum Kind {
    static let counts = 0
    static let pruned = 8
  }

  /// A writer of `trie`.
  init(_ trie: GramTrie) {
    order = trie.order
    source = trie
    self.trie = GramTrie(levels: [], ends: trie.ends)
  }

  /// A reader.
  init(order: Int) {
    self.order = order
    source = nil
    trie = GramTrie(levels: [], ends: TextEnds(first: [], last: []))
  }

  /// Passes everything; returns the tree.
  ///
  /// - Throws: `badData` for what no writer wrote.
  mutating func pass<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> GramTrie {
    for depth in 0..<order {
      let own = source?.countsOfCounts[depth] ?? []
      trie.countsOfCounts.append(
        [0]
          + (1...4).map { j in
            Int(bits.codeNumber(own.isEmpty ? 0 : UInt32(own[j]), kind: 31, with: &coder))
          })
    }
    var level = GramLevel()
    level.bytes = Array(UInt8.min ... .max)
    level.counts = (0..<256).map { byte in
      bits.codeNumber(source?.levels[0].counts[byte] ?? 0, kind: 30, with: &coder)
    }
    guard !coder.isExhausted else { throw Self.damage }
    trie.levels = [level]
    for depth in 1..<max(order, 1) { try passLevel(depth, through: &coder) }
    return trie
  }

  private static let damage = BPBError(.badData, "the snapshot of pruned n-grams makes no sense")
}

extension PrunedSnapshot {
  private mutating func passLevel<C: SymbolCoder & ~Copyable>(
    _ depth: Int, through coder: inout C
  ) throws(BPBError) {
    let contexts = trie.levels[depth - 1]
    let lower = depth > 1 ? trie.levels[depth - 2] : GramLevel()
    let all = contexts.counts.reduce(0, &+)
    var (level, firstChildren, pruned) = (GramLevel(), [UInt32](), [PrunedCounts]())
    for context in contexts.bytes.indices {
      firstChildren.append(UInt32(level.bytes.count))
      guard depth > 1 || contexts.counts[context] > 0 else {
        pruned.append(PrunedCounts())
        continue
      }
      var candidates = 0..<256
      if depth > 1 {
        let link = Int(contexts.links[context])
        candidates = Int(lower.firstChildren[link])..<Int(lower.firstChildren[link + 1])
      }
      let whole = depth > 1 ? lower.counts[Int(contexts.links[context])] : all
      passChildren(depth, context, candidates, of: whole, contexts, &level, with: &coder)
      let hasChildren = level.bytes.count > Int(firstChildren[context])
      pruned.append(passPruned(depth, context, hasChildren: hasChildren, with: &coder))
      guard !coder.isExhausted, level.bytes.count <= GramSnapshot.mostGrams else {
        throw Self.damage
      }
    }
    firstChildren.append(UInt32(level.bytes.count))
    trie.levels[depth - 1].firstChildren = firstChildren
    trie.levels[depth - 1].pruned = pruned
    trie.levels.append(level)
  }

  /// The children of `context`, some of `candidates`, which were counted `whole` times in all.
  private mutating func passChildren<C: SymbolCoder & ~Copyable>(
    _ depth: Int, _ context: Int, _ candidates: Range<Int>, of whole: UInt32,
    _ contexts: GramLevel, _ level: inout GramLevel, with coder: inout C
  ) {
    var next = Int(source?.levels[depth - 1].firstChildren[context] ?? 0)
    let end = Int(source?.levels[depth - 1].firstChildren[context + 1] ?? 0)
    let size = GramBits.size(of: contexts.counts[context])
    let width = GramBits.share(1, of: UInt32(candidates.count))
    guard !candidates.isEmpty,
      bits.codePresence(
        next < end, ofAny: true, share: width, size: size, found: min(depth - 1, 3), with: &coder)
    else { return }
    var found = 0
    for candidate in candidates where contexts.counts[candidate] > 0 {
      let isNext =
        next < end && source?.levels[depth].bytes[next] == contexts.bytes[candidate]
      let share = GramBits.share(contexts.counts[candidate], of: whole)
      guard
        bits.codePresence(
          isNext, ofAny: false, share: share, size: size, found: found, with: &coder)
      else { continue }
      let own = isNext ? source?.levels[depth].counts[next] ?? 0 : 0
      level.bytes.append(contexts.bytes[candidate])
      level.counts.append(bits.codeNumber(own, kind: Kind.counts + size, with: &coder))
      level.links.append(UInt32(candidate))
      if isNext { next += 1 }
      found += 1
    }
  }

  private mutating func passPruned<C: SymbolCoder & ~Copyable>(
    _ depth: Int, _ context: Int, hasChildren: Bool, with coder: inout C
  ) -> PrunedCounts {
    let own = source?.levels[depth - 1].pruned[context] ?? PrunedCounts()
    let kind = Kind.pruned + (hasChildren ? 4 : 0)
    var coded = PrunedCounts()
    coded.ones = bits.codeNumber(own.ones, kind: kind, with: &coder)
    coded.twos = bits.codeNumber(own.twos, kind: kind + 1, with: &coder)
    coded.more = bits.codeNumber(own.more, kind: kind + 2, with: &coder)
    guard coded.more > 0 else { return coded }
    coded.sum = bits.codeNumber(own.sum, kind: kind + 3, with: &coder)
    return coded
  }
}
