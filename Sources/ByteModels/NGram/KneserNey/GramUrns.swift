/// For each n-gram u what the longer x·u have not yet drawn of the bytes after u.
struct GramUrns {
  /// What was drawn of one candidate, at least once.
  struct Drawn {
    /// The n-gram u·b.
    let candidate: UInt32
    let count: UInt32
  }

  /// What is left in all, for each u.
  private(set) var left: [UInt32]
  /// What came of the last draw, in the order of bytes.
  private(set) var drawn: [Drawn] = []
  /// What is left of each candidate.
  private var candidateLeft: [UInt32]
  /// Where each urn's candidates begin, and one bound more.
  private let bounds: [UInt32]
  /// Each urn's candidates, the most frequent first.
  private let ranking: [UInt32]
  private let bytes: [UInt8]

  /// Urns for the n-grams of `depth` + 1 bytes: those of `depth` are candidates, by the first `depth` - 1.
  init(_ levels: [GramLevel], _ depth: Int) {
    let candidates = levels[depth - 1]
    let bounds = depth > 1 ? levels[depth - 2].firstChildren : [0, 256]
    bytes = candidates.bytes
    candidateLeft = candidates.counts
    self.bounds = bounds
    left = (0..<bounds.count - 1).map { urn in
      var sum: UInt32 = 0
      for i in Int(bounds[urn])..<Int(bounds[urn + 1]) { sum &+= candidates.counts[i] }
      return sum
    }
    var ranking = (0..<UInt32(candidates.bytes.count)).map { $0 }
    for urn in 0..<bounds.count - 1 {
      let range = Int(bounds[urn])..<Int(bounds[urn + 1])
      guard range.count > 1 else { continue }
      ranking[range].sort { a, b in
        let (countA, countB) = (candidates.counts[Int(a)], candidates.counts[Int(b)])
        return countA == countB ? a < b : countA > countB
      }
    }
    self.ranking = ranking
  }

  /// Draws `draws` bytes from `urn`, which has as many; of each byte as often as `wanted` says, or the coder.
  mutating func draw<C: SymbolCoder & ~Copyable>(
    _ draws: UInt32, from urn: Int, _ wanted: [UInt32], _ bits: inout GramBits,
    with coder: inout C
  ) {
    drawn.removeAll(keepingCapacity: true)
    var (draws, unseen) = (draws, left[urn])
    left[urn] -= draws
    var place = Int(bounds[urn])
    while draws > 0 {
      let candidate = ranking[place]
      place += 1
      let own = candidateLeft[Int(candidate)]
      guard own > 0 else { continue }
      let count = bits.codeCount(
        wanted[Int(bytes[Int(candidate)])], of: own, draws: draws, among: unseen,
        isFirst: drawn.isEmpty, with: &coder)
      unseen -= own
      guard count > 0 else { continue }
      draws -= count
      candidateLeft[Int(candidate)] = own - count
      insert(Drawn(candidate: candidate, count: count))
    }
  }

  private mutating func insert(_ new: Drawn) {
    var place = drawn.count
    drawn.append(new)
    while place > 0 && drawn[place - 1].candidate > new.candidate {
      drawn[place] = drawn[place - 1]
      place -= 1
    }
    drawn[place] = new
  }
}
