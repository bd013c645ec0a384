import BPBCore

/// Codes the counts of all n-grams of a text, from short to long.
///
/// An n-gram u·b that came R times is an urn for the longer x·u·b. When it is x's turn, as many bytes follow
/// x·u as x·u came, and each is drawn from what u has left: most draws are forced or nearly so, and what is
/// coded is how many of one byte come, given how many are drawn, and how many are left of it and of all. The
/// most frequent candidate comes first.
struct GramSnapshot: ~Copyable {
  /// Level by level what is known so far; `counts` are how often each n-gram stands in the text.
  private var levels: [GramLevel] = []
  private var ends: TextEnds
  private let order: Int
  /// What a writer writes; empty for a reader.
  private let source: [GramLevel]
  private var bits = GramBits()
  /// How often each byte follows the n-gram whose turn it is, for a writer.
  private var wanted = [UInt32](repeating: 0, count: 256)

  /// N-grams that a snapshot may have, so that a reader's memory is bounded.
  static let mostGrams = 1 << 28

  /// A writer of `trie`, which was not pruned.
  init(_ trie: GramTrie) {
    order = trie.order
    ends = trie.ends
    source = trie.textCounts()
  }

  /// A reader.
  init(order: Int) {
    self.order = order
    ends = TextEnds(first: [], last: [])
    source = []
  }

  /// Passes everything.
  ///
  /// - Returns: the tree with its counts adjusted, as counting the text gives it.
  /// - Throws: `badData` for what no writer wrote.
  mutating func pass<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> GramTrie {
    passEnds(through: &coder)
    try passBytes(through: &coder)
    for depth in 1..<max(order, 1) { try passLevel(depth, through: &coder) }
    var trie = GramTrie(levels: levels, ends: ends)
    trie.adjustCounts(threads: 1)
    return trie
  }

  private static let damage = BPBError(.badData, "the snapshot's counts of n-grams make no sense")
}

extension GramSnapshot {
  private mutating func passEnds<C: SymbolCoder & ~Copyable>(through coder: inout C) {
    let length = coder.codeEven(UInt32(ends.first.count), width: 3)
    for i in 0..<Int(length) {
      let own = source.isEmpty ? (0, 0) : (UInt32(ends.first[i]), UInt32(ends.last[i]))
      let first = UInt8(coder.codeEven(own.0, width: 8))
      let last = UInt8(coder.codeEven(own.1, width: 8))
      if source.isEmpty {
        ends.first.append(first)
        ends.last.append(last)
      }
    }
  }

  /// How often each byte came.
  private mutating func passBytes<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) {
    var level = GramLevel()
    level.bytes = Array(UInt8.min ... .max)
    var total: UInt64 = 0
    for byte in 0..<256 {
      let count = bits.codeNumber(source.isEmpty ? 0 : source[0].counts[byte], with: &coder)
      level.counts.append(count)
      total += UInt64(count)
    }
    guard total <= UInt64(UInt32.max), ends.first.count == min(order - 1, Int(total)),
      !coder.isExhausted
    else { throw Self.damage }
    levels = [level]
  }

  /// The n-grams of `depth` + 1 bytes, given those of `depth`.
  private mutating func passLevel<C: SymbolCoder & ~Copyable>(
    _ depth: Int, through coder: inout C
  ) throws(BPBError) {
    var urns = GramUrns(levels, depth)
    let contexts = levels[depth - 1]
    let last = try lastContext(depth)
    var (level, firstChildren): (GramLevel, [UInt32]) = (GramLevel(), [])
    firstChildren.reserveCapacity(contexts.bytes.count + 1)
    for context in contexts.bytes.indices {
      firstChildren.append(UInt32(level.bytes.count))
      let draws = contexts.counts[context] - (context == last ? 1 : 0)
      let urn = depth > 1 ? Int(contexts.links[context]) : 0
      guard urns.left[urn] >= draws else { throw Self.damage }
      want(depth, context)
      urns.draw(draws, from: urn, wanted, &bits, with: &coder)
      forget(depth, context)
      for drawn in urns.drawn {
        level.bytes.append(contexts.bytes[Int(drawn.candidate)])
        level.counts.append(drawn.count)
        level.links.append(drawn.candidate)
      }
      guard !coder.isExhausted, level.bytes.count <= Self.mostGrams else { throw Self.damage }
    }
    firstChildren.append(UInt32(level.bytes.count))
    levels[depth - 1].firstChildren = firstChildren
    levels.append(level)
  }

  /// The n-gram of `depth` bytes that ends the text: nothing follows it there. Nil if the text is shorter.
  private func lastContext(_ depth: Int) throws(BPBError) -> Int? {
    guard ends.last.count >= depth else { return nil }
    let known = GramTrie(levels: levels, ends: ends)
    guard let last = known.find(ends.last.suffix(depth)), levels[depth - 1].counts[last] > 0 else {
      throw Self.damage
    }
    return last
  }

  private mutating func want(_ depth: Int, _ context: Int) {
    guard !source.isEmpty else { return }
    for child in sourceChildren(depth, context) {
      wanted[Int(source[depth].bytes[child])] = source[depth].counts[child]
    }
  }

  private mutating func forget(_ depth: Int, _ context: Int) {
    guard !source.isEmpty else { return }
    for child in sourceChildren(depth, context) { wanted[Int(source[depth].bytes[child])] = 0 }
  }

  private func sourceChildren(_ depth: Int, _ context: Int) -> Range<Int> {
    let bounds = source[depth - 1].firstChildren
    return Int(bounds[context])..<Int(bounds[context + 1])
  }
}
