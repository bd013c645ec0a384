/// A model's probabilities and backoffs as codes, such that no context gives out more than one.
///
/// A probability gets the nearest code. Where those of a context's children leave less than half of what is
/// to be left, the likeliest get lower ones; and a backoff is at most what the codes leave it.
struct KneserNeyCodes {
  /// Of each n-gram, level by level.
  private(set) var probabilities: [[UInt32]] = []
  private(set) var backoffs: [[UInt32]] = []
  let probabilityBook: CodeBook
  let backoffBook: CodeBook
  let bits: Int

  /// The most that a backoff may be: larger ones would enlarge what rounding adds.
  static let mostBackoff = 4.0
  /// By how much a sum of doubles that is one may come out larger.
  static let tolerance = 0x1p-40

  init(_ trie: GramTrie, _ estimate: KneserNeyEstimate, bits: Int, threads: Int) {
    self.bits = bits
    let isExact = bits == ProbabilityCode.bits
    let weights = trie.levels.map(\.counts)
    probabilityBook =
      isExact
      ? .exact : CodeBook(estimate.probabilities, weights: weights, bits: bits, reserve: false)
    backoffBook =
      isExact ? .exact : CodeBook(estimate.backoffs, weights: weights, bits: bits, reserve: true)
    for depth in 0..<trie.order {
      var own = estimate.probabilities[depth].map { probabilityBook.code($0) }
      if depth == 0 {
        own.withUnsafeMutableBufferPointer { lower($0, 0..<256, to: 1) }
        probabilities.append(own)
      } else {
        append(own, trie, estimate, depth, threads)
      }
    }
  }

  /// Takes in the codes of level `depth`, and the backoffs of the contexts before it.
  private mutating func append(
    _ codes: [UInt32], _ trie: GramTrie, _ estimate: KneserNeyEstimate, _ depth: Int,
    _ threads: Int
  ) {
    var own = codes
    let parents = trie.levels[depth - 1]
    let blocks = Blocks(parents.bytes.count)
    let backoffs = [UInt32](unsafeUninitializedCapacity: parents.bytes.count) { backoffs, count in
      own.withUnsafeMutableBufferPointer { own in
        nonisolated(unsafe) let (own, backoffs) = (own, backoffs)
        ParallelTasks.run(blocks.count, threads: threads) { block in
          for parent in blocks[block] {
            backoffs[parent] = settle(own, parent, trie, estimate, depth)
          }
        }
      }
      count = parents.bytes.count
    }
    self.backoffs.append(backoffs)
    probabilities.append(own)
  }

  /// Lowers the codes of a context's children where that is needed.
  ///
  /// - Returns: the code of its backoff.
  @inline(__always)
  private func settle(
    _ own: UnsafeMutableBufferPointer<UInt32>, _ parent: Int, _ trie: GramTrie,
    _ estimate: KneserNeyEstimate, _ depth: Int
  ) -> UInt32 {
    let (parents, links) = (trie.levels[depth - 1], trie.levels[depth].links)
    let range = Int(parents.firstChildren[parent])..<Int(parents.firstChildren[parent + 1])
    let book = probabilityBook
    if bits < ProbabilityCode.bits {
      var left = 1.0
      for child in range { left -= estimate.probabilities[depth][child] }
      lower(own, range, to: 1 - max(left, 0) / 2)
    }
    lower(own, range, to: 1)
    var (sum, lowerSum) = (0.0, 0.0)
    for child in range {
      sum += book.probability(own[child])
      lowerSum += book.probability(probabilities[depth - 1][Int(links[child])])
    }
    let (left, lowerLeft) = (max(1 - sum, 0), max(1 - lowerSum, 0))
    let wanted = min(estimate.backoffs[depth - 1][parent], Self.mostBackoff)
    var code = backoffBook.code(wanted)
    let isBounded = wanted * lowerLeft > left
    if isBounded { code = min(code, backoffBook.code(left / lowerLeft)) }
    while code > 0
      && sum + backoffBook.probability(code) * lowerLeft > 1 + Self.tolerance / 2
    { code -= 1 }
    return code
  }

  /// Lowers codes in `range`, the likeliest first, until they sum to no more than `most`.
  private func lower(
    _ codes: UnsafeMutableBufferPointer<UInt32>, _ range: Range<Int>, to most: Double
  ) {
    let book = probabilityBook
    var sum = range.reduce(0.0) { $0 + book.probability(codes[$1]) }
    while sum > most, let largest = range.max(by: { codes[$0] < codes[$1] }), codes[largest] > 0 {
      codes[largest] -= 1
      sum = range.reduce(0.0) { $0 + book.probability(codes[$1]) }
    }
  }
}
