/// Pairs that no other context leads to: each with its place, the check word of its hash, and counts
/// that nothing predicts.
extension NGramSnapshot {
  /// Passes all of them, bucket by bucket.
  mutating func passOrphans<C: SymbolCoder & ~Copyable>(with coder: inout C) {
    let hasAny = source.pairs.count == target.pairs.count && hasOrphans
    guard coder.code(bit: hasAny ? 1 : 0, probability: evenOdds) == 1 else { return }
    urn.beginGuide()
    for bucket in stride(from: 0, to: target.pairs.count, by: 2) {
      if coder.isExhausted { return }
      let orphans = self.orphans(in: bucket)
      let room = (isTaken[bucket] ? 0 : 1) + (isTaken[bucket + 1] ? 0 : 1)
      for n in 0..<room {
        let found = n < orphans.count ? orphans[n] : nil
        let context = SnapshotBits.orphan + 2 * room + n
        guard bits.code(found == nil ? 0 : 1, in: context, with: &coder) == 1 else { break }
        passOrphan(found, bucket: bucket, with: &coder)
      }
    }
  }

  private var hasOrphans: Bool {
    stride(from: 0, to: source.pairs.count, by: 2).contains { !orphans(in: $0).isEmpty }
  }

  /// Those of a bucket in the order of their check words, so that the order says nothing.
  private func orphans(in bucket: Int) -> [UnsafeMutablePointer<UInt32>] {
    guard bucket < source.pairs.count else { return [] }
    return [bucket, bucket + 1].filter { !isPassed[$0] }
      .map { source.pairs.words + $0 * pairWords }
      .filter { !NGramTables.isEmpty($0) }.sorted { $0[0] < $1[0] }
  }

  private mutating func passOrphan<C: SymbolCoder & ~Copyable>(
    _ found: UnsafeMutablePointer<UInt32>?, bucket: Int, with coder: inout C
  ) {
    var check: UInt32 = 0
    for shift in UInt32(0)..<32 {
      check |= coder.code(bit: (found?[0] ?? 0) >> shift & 1, probability: evenOdds) << shift
    }
    let pair = take(check, from: found, bucket: bucket)
    let odd = pair.target + slotWords
    odd[0] = passHeader(pair.source[slotWords], isContext: true, with: &coder)
    passSlot(pair.source, pair.target, expecting: nil, .unknown, after: nil, with: &coder)
    let owner = odd[0] == 0 ? nil : Int(odd[0]) - 1
    passSlot(
      pair.source + slotWords, odd,
      expecting: owner.map { NGramTables.count(of: $0, in: pair.target) }, .nibble,
      after: owner ?? 0, with: &coder)
  }
}
