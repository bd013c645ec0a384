import BPBCore

/// Which n-grams are left out of a model, to make it smaller.
///
/// An n-gram goes only when no longer one that stays begins or ends with it; single bytes stay. What
/// the others count does not change.
struct GramPruning {
  /// N-grams that stand at most so often in the text go; 0: none does.
  var mostCount = 0
  /// N-grams go without which the model's code of a text like the one learned grows by less than so many bits
  /// a byte; 0: none does.
  var leastLoss = 0.0

  var isNeeded: Bool { mostCount > 0 || leastLoss > 0 }

  /// `trie` without them.
  func applied(to trie: GramTrie, threads: Int) -> GramTrie {
    guard isNeeded, trie.order > 1 else { return trie }
    let textCounts = trie.textCounts()
    let losses = leastLoss > 0 ? PruningLoss(trie, textCounts, threads: threads) : nil
    var stays: [[Bool]] = trie.levels.map { _ in [] }
    for depth in (1..<trie.order).reversed() {
      stays[depth] = needed(at: depth, in: trie, stays)
      for i in stays[depth].indices where !stays[depth][i] {
        stays[depth][i] =
          textCounts[depth].counts[i] > mostCount
          && !(losses.map { $0.bits(depth, i) < leastLoss } ?? false)
      }
    }
    stays[0] = [Bool](repeating: true, count: 256)
    return trie.keeping(stays)
  }

  /// Which n-grams those one byte longer that stay need.
  private func needed(at depth: Int, in trie: GramTrie, _ stays: [[Bool]]) -> [Bool] {
    var needed = [Bool](repeating: false, count: trie.levels[depth].bytes.count)
    guard depth + 1 < trie.order else { return needed }
    let bounds = trie.levels[depth].firstChildren
    for parent in needed.indices {
      for child in Int(bounds[parent])..<Int(bounds[parent + 1]) where stays[depth + 1][child] {
        needed[parent] = true
        needed[Int(trie.levels[depth + 1].links[child])] = true
      }
    }
    return needed
  }
}

/// What each n-gram is worth to a model: Stolcke, "Entropy-based pruning of backoff language models" (1998),
/// equation 5.
///
/// With alpha the backoff of context h and alpha' what it would be without the n-gram hc, the relative
/// entropy between both models is
///
///     -p(h) (p(c|h) (log p(c|h') + log alpha' - log p(c|h)) + (log alpha' - log alpha) (1 - sum of p(.|h)))
///
/// The context's own probability p(h) is its share of the text rather than the product of the model's
/// probabilities, which Kneser–Ney's lower orders are not made for (Chelba et al. 2010).
struct PruningLoss {
  private let bits: [[Double]]

  init(_ trie: GramTrie, _ textCounts: [GramLevel], threads: Int) {
    let estimate = KneserNeyEstimate(trie, threads: threads)
    let total = Double(textCounts[0].counts.reduce(UInt64(0)) { $0 + UInt64($1) })
    bits = trie.levels.indices.map { depth in
      guard depth > 0 else { return [] }
      let parents = trie.levels[depth - 1]
      let blocks = Blocks(parents.bytes.count)
      let size = trie.levels[depth].bytes.count
      return [Double](unsafeUninitializedCapacity: size) { bits, count in
        nonisolated(unsafe) let bits = bits
        ParallelTasks.run(blocks.count, threads: threads) { block in
          for parent in blocks[block] {
            let share = Double(textCounts[depth - 1].counts[parent]) / total
            Self.fill(bits, parent, share, parents, trie.levels[depth], estimate, depth)
          }
        }
        count = size
      }
    }
  }

  /// Bits a byte that the n-gram saves.
  func bits(_ depth: Int, _ index: Int) -> Double { bits[depth][index] }

  private static func fill(
    _ bits: UnsafeMutableBufferPointer<Double>, _ parent: Int, _ share: Double,
    _ parents: GramLevel, _ children: GramLevel, _ estimate: KneserNeyEstimate, _ depth: Int
  ) {
    let range = Int(parents.firstChildren[parent])..<Int(parents.firstChildren[parent + 1])
    let own = estimate.probabilities[depth]
    let lower = estimate.probabilities[depth - 1]
    var (left, lowerLeft) = (1.0, 1.0)
    for child in range {
      left -= own[child]
      lowerLeft -= lower[Int(children.links[child])]
    }
    let before = PortableLogarithm.log2(max(estimate.backoffs[depth - 1][parent], 0x1p-500))
    for child in range {
      let (p, q) = (own[child], lower[Int(children.links[child])])
      let backoff = max(left + p, 0x1p-500) / max(lowerLeft + q, 0x1p-500)
      let after = PortableLogarithm.log2(backoff)
      let change = PortableLogarithm.log2(q) + after - PortableLogarithm.log2(p)
      bits[child] = -share * (p * change + (after - before) * max(left, 0))
    }
  }
}
