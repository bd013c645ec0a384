/// Prediction without learning: the tables are read and never changed. A context that was never met has
/// an empty slot, whose weight is 0: the estimate of the shorter context passes through.
extension NGramModel {
  @inlinable
  public mutating func codeFrozen<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8 {
    lookUpFirstNibble()
    let high = codeFrozenNibble(UInt32(byte &>> 4), with: &coder)
    lookUpSecondNibble(after: high)
    let low = codeFrozenNibble(UInt32(byte & 15), with: &coder)
    let coded = UInt8(truncatingIfNeeded: high &<< 4 | low)
    advance(past: coded)
    return coded
  }

  @inlinable @inline(__always)
  public mutating func advance(past byte: UInt8) { history = history &<< 8 | UInt64(byte) }

  @inlinable
  public mutating func forgetContext() { history = 0 }

  @inlinable @inline(__always)
  mutating func codeFrozenNibble<C: SymbolCoder & ~Copyable>(
    _ nibble: UInt32, with coder: inout C
  ) -> UInt32 {
    var place = 1
    var shift: UInt32 = 4
    while shift > 0 {
      shift &-= 1
      let bit = coder.code(bit: nibble &>> shift & 1, probability: frozenProbability(at: place))
      place = place &<< 1 | Int(bit)
    }
    return UInt32(truncatingIfNeeded: place) & 15
  }

  /// The coder's probability of a one at `place` of the slots looked up: the orders' estimates, blended
  /// from the shortest context up.
  @inlinable @inline(__always)
  func frozenProbability(at place: Int) -> UInt32 {
    let slots = current
    var estimate = BitNode.blend(slots[0][place], into: BitNode.evenOdds, tables.rootWeights)
    for k in 0..<order {
      estimate = BitNode.blend(slots[k &+ 1][place], into: estimate, tables.weights)
    }
    return BitNode.probability(of: estimate)
  }

  @inlinable @inline(__always)
  mutating func lookUpFirstNibble() {
    current[0] = direct
    guard order >= 1 else { return }
    current[1] = direct + (1 &+ Int(history & 0xFF)) &* (NGram.slotsPerContext &* slotWords)
    guard order >= 2 else { return }
    for k in 2...order {
      let hash = ContextHash.hash(history & ((1 &<< UInt64(8 &* k)) &- 1), order: k)
      hashes[k] = hash
      firstSlots[k] = table.pairs.find(hash) ?? emptyPair
      current[k] = firstSlots[k]
    }
  }

  /// May be called for one first nibble after another.
  @inlinable @inline(__always)
  mutating func lookUpSecondNibble(after nibble: UInt32) {
    let offset = Int(nibble &+ 1) &* slotWords
    current[0] = direct + offset
    guard order >= 1 else { return }
    current[1] =
      direct + (1 &+ Int(history & 0xFF)) &* (NGram.slotsPerContext &* slotWords) + offset
    guard order >= 2 else { return }
    for k in 2...order {
      current[k] = table.pairs.find(after: nibble, in: firstSlots[k], hash: hashes[k]) ?? emptyPair
    }
  }
}

/// What the whole distribution of the next byte says.
extension NGramModel: ForetellingModel {
  public mutating func fillDistribution(_ next: inout ByteDistribution) {
    lookUpFirstNibble()
    let high = nibbleMasses(ByteDistribution.total, leaves: 256)
    next.fill { frequencies in
      for first in 0..<16 {
        lookUpSecondNibble(after: UInt32(first))
        let low = nibbleMasses(high[16 + first], leaves: 16)
        for second in 0..<16 { frequencies[first << 4 | second] = low[16 + second] }
      }
    }
  }

  /// Best first: a byte has no more than the mass of its first nibble, less the least that the other
  /// fifteen have, so only few first nibbles are looked into.
  @inlinable
  public mutating func likeliestByte() -> UInt8 {
    lookUpFirstNibble()
    var high = nibbleMasses(ByteDistribution.total, leaves: 256)
    var best: (mass: UInt32, byte: UInt32) = (0, 0)
    while true {
      var first = 0
      for nibble in 1..<16 where high[16 &+ nibble] > high[16 &+ first] { first = nibble }
      let mass = high[16 &+ first]
      guard mass >= best.mass &+ 15 else { return UInt8(truncatingIfNeeded: best.byte) }
      high[16 &+ first] = 0
      lookUpSecondNibble(after: UInt32(truncatingIfNeeded: first))
      let low = nibbleMasses(mass, leaves: 16)
      for second in 0..<16 {
        let byte = UInt32(truncatingIfNeeded: first &<< 4 | second)
        let mass = low[16 &+ second]
        if mass > best.mass || (mass == best.mass && byte < best.byte) { best = (mass, byte) }
      }
    }
  }

  /// `mass` shared out over a nibble's heap by the probabilities of its 15 decisions: the 16 nibbles' are
  /// at 16...31, each at least a sixteenth of `leaves`, so that no byte is left without.
  @inlinable @inline(__always)
  func nibbleMasses(_ mass: UInt32, leaves: UInt32) -> InlineArray<32, UInt32> {
    var masses = InlineArray<32, UInt32>(repeating: 0)
    masses[1] = mass
    var least = leaves
    for depth in 0..<4 {
      least &>>= 1
      for place in 1 &<< depth..<2 &<< depth {
        let whole = masses[place]
        let share = (UInt64(whole) &* UInt64(frozenProbability(at: place))) &>> 16
        let ones = min(max(UInt32(truncatingIfNeeded: share), least), whole &- least)
        masses[2 &* place] = whole &- ones
        masses[2 &* place &+ 1] = ones
      }
    }
    return masses
  }
}
