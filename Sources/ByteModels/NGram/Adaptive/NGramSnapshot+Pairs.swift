/// A pair of slots in the tables that are passed, and where it goes.
struct PassedPair {
  let source: UnsafeMutablePointer<UInt32>
  let target: UnsafeMutablePointer<UInt32>
}

extension NGramSnapshot {
  /// Passes a context of order 0 or 1.
  mutating func passDirect<C: SymbolCoder & ~Copyable>(
    _ text: UInt64, order: Int, expecting expected: UInt32?, with coder: inout C
  ) {
    let from = source.context(text, order: order)!.first
    let to = target.context(text, order: order)!.first
    let kind = order == 0 ? SnapshotBits.Visits.unknown : .context
    passSlot(from, to, expecting: expected, kind, after: nil, with: &coder)
    for nibble in 0..<16 {
      let offset = (nibble + 1) * slotWords
      passSlot(
        from + offset, to + offset, expecting: NGramTables.count(of: nibble, in: to),
        .nibble, after: nibble, with: &coder)
    }
  }

  /// Finds a place for what hashes to `hash`, if it was met.
  mutating func passPlace<C: SymbolCoder & ~Copyable>(
    of hash: UInt64, expecting expected: UInt32?, with coder: inout C
  ) -> PassedPair? {
    let index = Int(truncatingIfNeeded: hash &>> target.pairs.shift) & ~1
    let room = (isTaken[index] ? 0 : 1) + (isTaken[index + 1] ? 0 : 1)
    // A full bucket holds no more, and what is there already was passed before.
    guard room == 2 || (room == 1 && target.context(hash: hash) == nil) else { return nil }
    let found = source.context(hash: hash)
    let context = SnapshotBits.metContext(urn, room: room, expecting: expected)
    guard bits.code(found == nil ? 0 : 1, in: context, with: &coder) == 1 else { return nil }
    return take(UInt32(truncatingIfNeeded: hash), from: found, bucket: index)
  }

  /// A free place of the bucket, for a pair headed by `check`.
  mutating func take(
    _ check: UInt32, from found: UnsafeMutablePointer<UInt32>?, bucket: Int
  ) -> PassedPair {
    let index = isTaken[bucket] ? bucket + 1 : bucket
    isTaken[index] = true
    if let found { isPassed[(found - source.pairs.words) / pairWords] = true }
    let target = self.target.pairs.words + index * pairWords
    target[0] = check
    return PassedPair(source: found ?? nothing, target: target)
  }

  /// Passes the slots of a context of two bytes or more.
  mutating func passContextPair<C: SymbolCoder & ~Copyable>(
    _ pair: PassedPair, hash: UInt64, expecting expected: UInt32?,
    with coder: inout C
  ) {
    passSlot(
      pair.source, pair.target, expecting: expected, .context, after: nil, with: &coder)
    guard let owner = passOwner(pair, with: &coder) else { return }
    passSlot(
      pair.source + slotWords, pair.target + slotWords,
      expecting: NGramTables.count(of: owner, in: pair.target), .nibble, after: owner,
      with: &coder)
    for even in stride(from: 0, to: 16, by: 2) {
      let counts = (
        owner == even ? 0 : NGramTables.count(of: even, in: pair.target),
        owner == even + 1 ? 0 : NGramTables.count(of: even + 1, in: pair.target)
      )
      guard counts.0 + counts.1 > 0 else { continue }
      let overflow = ContextPairs<BitNode>.overflowHash(of: hash, UInt32(even))
      let most = max(counts.0, counts.1)
      guard let pair = passPlace(of: overflow, expecting: most, with: &coder) else { continue }
      passOverflowPair(pair, after: even, expecting: counts, with: &coder)
    }
  }

  /// Passes the slots of the second nibbles after `even` and the nibble above it.
  private mutating func passOverflowPair<C: SymbolCoder & ~Copyable>(
    _ pair: PassedPair, after even: Int, expecting counts: (UInt32, UInt32),
    with coder: inout C
  ) {
    passSlot(
      pair.source, pair.target, expecting: counts.0, .overflow, after: even, with: &coder)
    let (odd, oddTarget) = (pair.source + slotWords, pair.target + slotWords)
    oddTarget[0] = passHeader(odd[0], isContext: false, with: &coder)
    passSlot(odd, oddTarget, expecting: counts.1, .overflow, after: even + 1, with: &coder)
  }

  /// Passes which first nibble the odd slot belongs to: of those that were met, one by chance in
  /// proportion to how often. Nil if to none.
  private mutating func passOwner<C: SymbolCoder & ~Copyable>(
    _ pair: PassedPair, with coder: inout C
  ) -> Int? {
    let odd = pair.target + slotWords
    let header = Int(pair.source[slotWords])
    var counts = InlineArray<16, UInt32>(repeating: 0)
    var total: UInt32 = 0
    for nibble in 0..<16 {
      counts[nibble] = NGramTables.count(of: nibble, in: pair.target)
      total += counts[nibble]
    }
    let isMet = (1...16).contains(header) && counts[header - 1] > 0
    if total > 0, bits.code(isMet ? 1 : 0, in: SnapshotBits.ownerIsMet, with: &coder) == 1 {
      let index = isMet ? header - 1 : counts.firstPositive
      odd[0] = 1 + UInt32(coder.code(index: index, among: counts.span, total: total))
    } else {
      odd[0] = passHeader(UInt32(header), isContext: true, with: &coder)
    }
    return odd[0] == 0 ? nil : Int(odd[0]) - 1
  }

  /// Passes the header of an odd slot, 0...16, that nothing predicts.
  mutating func passHeader<C: SymbolCoder & ~Copyable>(
    _ header: UInt32, isContext: Bool, with coder: inout C
  ) -> UInt32 {
    let base = SnapshotBits.header + (isContext ? 32 : 0)
    return min(bits.code(header, width: 5, from: base, with: &coder), 16)
  }
}

extension NGramTables {
  /// The pair of what hashes to `hash`; nil if it has none.
  func context(hash: UInt64) -> UnsafeMutablePointer<UInt32>? {
    guard let pair = pairs.find(hash), !Self.isEmpty(pair) else { return nil }
    return pair
  }
}

extension InlineArray where Element == UInt32 {
  fileprivate var firstPositive: Int { indices.first { self[$0] > 0 } ?? 0 }
}
