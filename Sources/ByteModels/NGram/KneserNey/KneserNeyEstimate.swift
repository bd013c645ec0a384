/// The interpolated probabilities of all n-grams of a tree, and what is left to shorter contexts.
///
/// With a(hc) the count of byte c after context h, D as `KneserNeyDiscounts` says and h' the context
/// without its first byte (Chen and Goodman 1998, equation 24):
///
///     p(c | h) = (a(hc) - D(a(hc))) / T(h) + gamma(h) p(c | h'),   T(h) = sum of a(hc)
///     gamma(h) = sum of D(a(hc)) / T(h)
///
/// Below the single bytes is a uniform distribution over those that came, with one share for all others
/// together: KenLM's share of unknown words. N-grams that were pruned go on counting in T(h) and gamma(h), so
/// that those that stay keep their probabilities; where there were such, the backoff is what is left to the
/// others over what the shorter context gives those (Stolcke 1998).
/// IEEE basic operations in a fixed order: the same counts give the same bits on every machine.
struct KneserNeyEstimate {
  /// Of each n-gram, level by level.
  private(set) var probabilities: [[Double]] = []
  /// The backoff, gamma, of each n-gram as a context, for all levels but the last; 1 where nothing followed.
  private(set) var backoffs: [[Double]] = []

  /// Estimates from `trie`'s counts.
  init(_ trie: GramTrie, threads: Int) {
    let discounts = trie.discounts
    probabilities.append(Self.bytes(trie.levels[0], discounts[0]))
    for depth in 1..<max(trie.order, 1) {
      extend(trie.levels[depth - 1], trie.levels[depth], discounts[depth], threads)
    }
  }

  /// Figures that are known.
  init(probabilities: [[Double]], backoffs: [[Double]]) {
    self.probabilities = probabilities
    self.backoffs = backoffs
  }

  /// What every byte has before anything is counted.
  static func base(_ level: GramLevel) -> [Double] {
    let seen = level.counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    guard seen > 0, seen < 256 else { return [Double](repeating: 1 / 256, count: 256) }
    let share = 1 / Double(seen + 1)
    return level.counts.map { $0 > 0 ? share : share / Double(256 - seen) }
  }

  private static func bytes(_ level: GramLevel, _ discounts: KneserNeyDiscounts) -> [Double] {
    let base = base(level)
    let context = CountedContext(level.counts, 0..<256, PrunedCounts(), discounts)
    return (0..<256).map { context.probability(level.counts[$0], lower: base[$0]) }
  }

  private mutating func extend(
    _ parents: GramLevel, _ children: GramLevel, _ discounts: KneserNeyDiscounts, _ threads: Int
  ) {
    let lower = probabilities[probabilities.count - 1]
    let blocks = Blocks(parents.bytes.count)
    var backoffs: [Double] = []
    let own = [Double](unsafeUninitializedCapacity: children.bytes.count) { own, count in
      backoffs = [Double](unsafeUninitializedCapacity: parents.bytes.count) { backoffs, count in
        nonisolated(unsafe) let (own, backoffs) = (own, backoffs)
        ParallelTasks.run(blocks.count, threads: threads) { block in
          for parent in blocks[block] {
            backoffs[parent] = Self.fill(own, parent, parents, children, lower, discounts)
          }
        }
        count = parents.bytes.count
      }
      count = children.bytes.count
    }
    probabilities.append(own)
    self.backoffs.append(backoffs)
  }

  /// Fills in the probabilities of a context's children.
  ///
  /// - Returns: its backoff.
  @inline(__always)
  private static func fill(
    _ own: UnsafeMutableBufferPointer<Double>, _ parent: Int, _ parents: GramLevel,
    _ children: GramLevel, _ lower: [Double], _ discounts: KneserNeyDiscounts
  ) -> Double {
    let range = Int(parents.firstChildren[parent])..<Int(parents.firstChildren[parent + 1])
    let isPruned = !parents.pruned.isEmpty && parents.pruned[parent] != PrunedCounts()
    let pruned = isPruned ? parents.pruned[parent] : PrunedCounts()
    let context = CountedContext(children.counts, range, pruned, discounts)
    for child in range {
      own[child] = context.probability(
        children.counts[child], lower: lower[Int(children.links[child])])
    }
    guard isPruned else { return context.backoff }
    var (left, lowerLeft) = (1.0, 1.0)
    for child in range {
      left -= own[child]
      lowerLeft -= lower[Int(children.links[child])]
    }
    return lowerLeft > 1e-12 ? max(left, 0) / lowerLeft : context.backoff
  }
}

/// One context's total and what it leaves over.
private struct CountedContext {
  let backoff: Double
  private let total: Double
  private let discounts: (Double, Double, Double)

  @inline(__always)
  init(
    _ counts: [UInt32], _ range: Range<Int>, _ pruned: PrunedCounts,
    _ discounts: KneserNeyDiscounts
  ) {
    var total = UInt64(pruned.total)
    var (ones, twos, more) = (Int(pruned.ones), Int(pruned.twos), Int(pruned.more))
    for i in range {
      let count = counts[i]
      total &+= UInt64(count)
      ones &+= count == 1 ? 1 : 0
      twos &+= count == 2 ? 1 : 0
      more &+= count > 2 ? 1 : 0
    }
    let amounts = (discounts.amounts[1], discounts.amounts[2], discounts.amounts[3])
    let left = Double(ones) * amounts.0 + Double(twos) * amounts.1 + Double(more) * amounts.2
    self.total = Double(max(total, 1))
    backoff = total == 0 ? 1 : left / self.total
    self.discounts = amounts
  }

  @inline(__always)
  func probability(_ count: UInt32, lower: Double) -> Double {
    let discount =
      switch count {
      case 0: 0.0
      case 1: discounts.0
      case 2: discounts.1
      default: discounts.2
      }
    return (Double(count) - discount) / total + backoff * lower
  }
}
