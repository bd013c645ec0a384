/// A tree of n-grams whose probabilities are ratios of squares of small numbers; see `CoarseSnapshot`.
struct CoarseTrie {
  /// The numbers stand in the place of counts; 0 for bytes that did not come.
  var trie = GramTrie(levels: [], ends: TextEnds(first: [], last: []))
  /// What each context leaves to shorter ones, 1 where nothing follows: level by level those of the contexts before it, the
  /// first one being that of the empty context, which is shared out among the bytes that did not come.
  private(set) var rests: [[UInt32]] = []
  /// That of all bytes together.
  var total: UInt32 = 1
  /// Of each n-gram, level by level.
  private(set) var probabilities: [[Double]] = []
  /// What is left after each context, over what the shorter one leaves for it, level by level.
  private(set) var backoffs: [[Double]] = []

  /// Nothing yet.
  init() {}

  /// What a reader or an estimate has of `depth` + 1 bytes is `level`, after contexts with `rests`.
  mutating func append(_ level: GramLevel, rests: [UInt32]) {
    self.rests.append(rests)
    trie.levels.append(level)
    if trie.levels.count == 1 {
      probabilities.append(Self.bytes(level.counts, rests[0]))
    } else {
      extend(level, rests)
    }
  }

  private static func bytes(_ numbers: [UInt32], _ rest: UInt32) -> [Double] {
    let unseen = numbers.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    let share = unseen == 0 ? 0 : square(rest)
    let sum = numbers.reduce(share) { $0 + square($1) }
    return numbers.map { ($0 == 0 ? share / Double(unseen) : square($0)) / sum }
  }

  private mutating func extend(_ level: GramLevel, _ rests: [UInt32]) {
    let depth = trie.levels.count - 1
    let (bounds, lower) = (trie.levels[depth - 1].firstChildren, probabilities[depth - 1])
    var own = [Double](repeating: 0, count: level.bytes.count)
    let backoffs = rests.indices.map { context in
      let range = Int(bounds[context])..<Int(bounds[context + 1])
      guard !range.isEmpty else { return 1.0 }
      let sum = range.reduce(Self.square(rests[context])) { $0 + Self.square(level.counts[$1]) }
      var lowerLeft = 1.0
      for child in range {
        own[child] = Self.square(level.counts[child]) / sum
        lowerLeft -= lower[Int(level.links[child])]
      }
      return lowerLeft > 1e-12 ? Self.square(rests[context]) / sum / lowerLeft : 0
    }
    probabilities.append(own)
    self.backoffs.append(backoffs)
  }

  /// The n-grams of `depth` bytes that end those that may follow `context`, which has as many.
  func candidates(_ depth: Int, _ context: Int) -> Range<Int> {
    guard depth > 1 else { return 0..<256 }
    let link = Int(trie.levels[depth - 1].links[context])
    let bounds = trie.levels[depth - 2].firstChildren
    return Int(bounds[link])..<Int(bounds[link + 1])
  }

  /// What is to be expected of the rest of a context of number `root` whose children are `numbers`.
  static func rest(of root: UInt32, after numbers: ArraySlice<UInt32>) -> Double {
    max(numbers.reduce(square(root)) { $0 - square($1) }, 0).squareRoot()
  }

  private static func square(_ number: UInt32) -> Double { Double(number) * Double(number) }
}

extension CoarseTrie {
  /// The numbers of `trie`, which may have been pruned, for a text of `byteCount` bytes.
  ///
  /// - Parameter step: what square roots of counts are rounded to multiples of.
  init(_ trie: GramTrie, byteCount: Int, step: Double, threads: Int) {
    let estimate = KneserNeyEstimate(trie, threads: threads)
    let number = { (count: Double) -> UInt32 in
      UInt32(min(max((max(count, 0).squareRoot() / step).rounded(), 1), 0x1p20))
    }
    total = number(Double(byteCount))
    var level = trie.levels[0]
    var counts = estimate.probabilities[0].map { $0 * Double(byteCount) }
    let unseen = level.counts.indices.reduce(0.0) { $0 + (level.counts[$1] > 0 ? 0 : counts[$1]) }
    level.counts = level.counts.indices.map { level.counts[$0] > 0 ? number(counts[$0]) : 0 }
    append(level, rests: [number(unseen)])
    for depth in 1..<max(trie.order, 1) {
      let bounds = trie.levels[depth - 1].firstChildren
      var (level, rests) = (trie.levels[depth], [UInt32]())
      var own = [Double](repeating: 0, count: level.bytes.count)
      for context in counts.indices {
        var left = counts[context]
        let range = Int(bounds[context])..<Int(bounds[context + 1])
        for child in range {
          own[child] = counts[context] * estimate.probabilities[depth][child]
          left -= own[child]
          level.counts[child] = number(own[child])
        }
        rests.append(range.isEmpty ? 1 : number(left))
      }
      append(level, rests: rests)
      counts = own
    }
  }

  /// What the numbers stand for.
  var estimate: KneserNeyEstimate {
    KneserNeyEstimate(probabilities: probabilities, backoffs: backoffs)
  }
}
