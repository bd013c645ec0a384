import BPBCore

/// Codes a tree with one small number for each n-gram, from which its probability follows, and one for each context that
/// says what is left to shorter ones.
///
/// With n(h) what context h is expected to have come, the n-grams that stay have the numbers k, at least 1, that are nearest to
/// the square roots of n(h) p(c|h) in steps of one grain, what is left likewise, and
///
///     p(c | h) = k(hc)^2 / (k(h)^2 + sum of k(hc)^2 over c)      with k(h) that of what is left
///
/// The square root of a count varies by 1/2 however large it is (Anscombe, "The transformation of Poisson, binomial and
/// negative-binomial data", 1948), so that steps of one length are as fine everywhere as the text can tell: the precision
/// that a shortest description wants (Rissanen 1983). Only the ratios count, so that a reader need not know the step.
struct CoarseSnapshot: ~Copyable {
  /// What a writer writes; nil for a reader.
  private let source: CoarseTrie?
  private let order: Int
  private var coded = CoarseTrie()
  private var bits = CoarseBits()

  /// A writer.
  init(_ source: CoarseTrie) {
    order = source.trie.order
    self.source = source
  }

  /// A reader.
  init(order: Int) {
    self.order = order
    source = nil
  }

  /// The snapshot of `trie`.
  static func write(_ trie: CoarseTrie) throws(BPBError) -> [UInt8] {
    var coder = RangeEncoder()
    var snapshot = CoarseSnapshot(trie)
    _ = try snapshot.pass(through: &coder)
    return coder.finished()
  }

  /// What `write` wrote.
  ///
  /// - Throws: `badData` for bytes that no writer wrote.
  static func read(_ bytes: Span<UInt8>, order: Int) throws(BPBError) -> CoarseTrie {
    var reader = SnapshotReader(bytes)
    var snapshot = CoarseSnapshot(order: order)
    let trie = try snapshot.pass(through: &reader)
    try reader.checkEnd()
    return trie
  }

  /// Passes everything; returns what was passed.
  ///
  /// - Throws: `badData` for what no writer wrote.
  private mutating func pass<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> CoarseTrie {
    try passBytes(through: &coder)
    for depth in 1..<max(order, 1) { try passLevel(depth, through: &coder) }
    return coded
  }

  private static let damage = BPBError(.badData, "the coarse snapshot of n-grams makes no sense")

  private mutating func passBytes<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) {
    let all = bits.codeNumber(source?.total ?? 1, .rest, expected: 1024, with: &coder)
    coded.total = all
    var level = GramLevel()
    level.bytes = Array(UInt8.min ... .max)
    let expected = Double(all) / 16
    for byte in 0..<256 {
      let own = source?.trie.levels[0].counts[byte] ?? 0
      let isThere = bits.codePresence(
        own > 0, expected: expected, depth: 0, found: 0, with: &coder)
      level.counts.append(
        isThere ? bits.codeNumber(own, .gram, expected: expected, with: &coder) : 0)
    }
    let rest = bits.codeNumber(source?.rests[0][0] ?? 1, .rest, expected: 1, with: &coder)
    guard !coder.isExhausted else { throw Self.damage }
    coded.append(level, rests: [rest])
  }
}

extension CoarseSnapshot {
  private mutating func passLevel<C: SymbolCoder & ~Copyable>(
    _ depth: Int, through coder: inout C
  ) throws(BPBError) {
    let contexts = coded.trie.levels[depth - 1]
    var (level, firstChildren, rests) = (GramLevel(), [UInt32](), [UInt32]())
    for context in contexts.bytes.indices {
      let first = level.bytes.count
      firstChildren.append(UInt32(first))
      if contexts.counts[context] > 0 {
        passChildren(depth, context, contexts.counts[context], &level, with: &coder)
      }
      var rest: UInt32 = 1
      if level.bytes.count > first {
        let expected = CoarseTrie.rest(of: contexts.counts[context], after: level.counts[first...])
        let own = source?.rests[depth][context] ?? 1
        rest = bits.codeNumber(own, .rest, expected: expected, with: &coder)
      }
      rests.append(rest)
      guard !coder.isExhausted, level.bytes.count <= GramSnapshot.mostGrams else {
        throw Self.damage
      }
    }
    firstChildren.append(UInt32(level.bytes.count))
    coded.trie.levels[depth - 1].firstChildren = firstChildren
    coded.append(level, rests: rests)
  }

  /// The children of `context`, whose number is `root`: some of those of what it is linked to.
  private mutating func passChildren<C: SymbolCoder & ~Copyable>(
    _ depth: Int, _ context: Int, _ root: UInt32, _ level: inout GramLevel, with coder: inout C
  ) {
    let candidates = coded.candidates(depth, context)
    var next = Int(source?.trie.levels[depth - 1].firstChildren[context] ?? 0)
    let end = Int(source?.trie.levels[depth - 1].firstChildren[context + 1] ?? 0)
    guard !candidates.isEmpty,
      bits.codeAny(
        next < end, after: root, candidates: candidates.count, depth: depth, with: &coder)
    else { return }
    let lower = coded.trie.levels[depth - 1]
    var found = 0
    for candidate in candidates where lower.counts[candidate] > 0 {
      let byte = lower.bytes[candidate]
      let isNext = next < end && source?.trie.levels[depth].bytes[next] == byte
      let expected =
        coded.probabilities[depth - 1][candidate].squareRoot() * Double(root)
      guard
        bits.codePresence(isNext, expected: expected, depth: depth, found: found, with: &coder)
      else { continue }
      let own = isNext ? source?.trie.levels[depth].counts[next] ?? 1 : 1
      level.bytes.append(byte)
      level.counts.append(bits.codeNumber(own, .gram, expected: expected, with: &coder))
      level.links.append(UInt32(candidate))
      if isNext { next += 1 }
      found += 1
    }
  }
}
