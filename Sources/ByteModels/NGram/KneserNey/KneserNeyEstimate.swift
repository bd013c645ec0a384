/// The interpolated probabilities of all n-grams of a tree, and what is left to shorter contexts.
///
/// With a(hc) the count of byte c after context h, D as `KneserNeyDiscounts` says and h' the context
/// without its first byte (Chen and Goodman 1998, equation 24):
///
///     p(c | h) = (a(hc) - D(a(hc))) / T(h) + gamma(h) p(c | h'),   T(h) = sum of a(hc)
///     gamma(h) = sum of D(a(hc)) / T(h)
///
/// Below the single bytes is a uniform distribution over those that came, with one share for all others
/// together: KenLM's share of unknown words. Counts that were pruned stay in T(h) and go to gamma(h).
/// IEEE basic operations in a fixed order: the same counts give the same bits on every machine.
struct KneserNeyEstimate {
  /// Of each n-gram, level by level.
  private(set) var probabilities: [[Double]] = []
  /// gamma of each n-gram as a context, for all levels but the last; 1 where nothing followed.
  private(set) var backoffs: [[Double]] = []

  /// - Parameter discounts: those of each level.
  init(_ trie: GramTrie, _ discounts: [KneserNeyDiscounts], threads: Int) {
    probabilities.append(Self.bytes(trie.levels[0], discounts[0]))
    for depth in 1..<max(trie.order, 1) {
      extend(trie.levels[depth - 1], trie.levels[depth], discounts[depth], threads)
    }
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
    let context = Context(level.counts, 0..<256, pruned: 0, discounts)
    return (0..<256).map { context.probability(level.counts[$0], lower: base[$0]) }
  }

  private mutating func extend(
    _ parents: GramLevel, _ children: GramLevel, _ discounts: KneserNeyDiscounts, _ threads: Int
  ) {
    let lower = probabilities[probabilities.count - 1]
    let blocks = Blocks(parents.bytes.count)
    var backoffs: [Double] = []
    let own = [Double](unsafeUninitializedCapacity: children.bytes.count) { own, count in
      nonisolated(unsafe) let own = own
      backoffs = [Double](unsafeUninitializedCapacity: parents.bytes.count) { backoffs, count in
        nonisolated(unsafe) let backoffs = backoffs
        ParallelTasks.run(blocks.count, threads: threads) { block in
          for parent in blocks[block] {
            let range = Int(parents.firstChildren[parent])..<Int(parents.firstChildren[parent + 1])
            let pruned = parents.pruned.isEmpty ? 0 : parents.pruned[parent]
            let context = Context(children.counts, range, pruned: pruned, discounts)
            backoffs[parent] = context.backoff
            for child in range {
              own[child] = context.probability(
                children.counts[child], lower: lower[Int(children.links[child])])
            }
          }
        }
        count = parents.bytes.count
      }
      count = children.bytes.count
    }
    probabilities.append(own)
    self.backoffs.append(backoffs)
  }
}

extension KneserNeyEstimate {
  /// One context's total and what it leaves over.
  private struct Context {
    let backoff: Double
    private let total: Double
    private let discounts: (Double, Double, Double)

    @inline(__always)
    init(
      _ counts: [UInt32], _ range: Range<Int>, pruned: UInt32, _ discounts: KneserNeyDiscounts
    ) {
      var total = UInt64(pruned)
      var (ones, twos, more) = (0, 0, 0)
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
      backoff = total == 0 ? 1 : (left + Double(pruned)) / self.total
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
}
