import BPBCore
import CPrefetch

/// Prediction by partial matching with information inheritance (PPMII), refined: contexts propose bytes,
/// decisions about them are mixed from several voices.
///
/// The longest known context names its symbols. The likeliest are asked for one by one, each a binary
/// decision; the rest are coded together with the escape by their frequencies. After an escape the next
/// shorter context is asked, without the symbols that are excluded. Only contexts that took part learn
/// (update exclusion).
package struct PPMModel<Decisions: CandidateDecisions & ~Copyable>: ByteModel, ~Copyable {
  var tree: PPMTree
  var decisions: Decisions
  var binaryEstimates = PPMBinaryEstimates()
  var escapeEstimates = PPMEscapeEstimates()
  var exclusions = PPMExclusions()
  /// Binary contexts that held, since the last escape: from below 0 up.
  var runLength: Int
  let firstRunLength: Int
  /// 1 when the last byte was as likely as not or likelier.
  var lastWasLikely = 0
  /// 8 when the byte found last is in the upper part of the alphabet, as letters are.
  var upperSymbol = 0
  let classes: PPMClasses
  /// Entries that are not excluded, after an escape.
  let candidates: UnsafeMutablePointer<UnsafeMutableRawPointer>

  package init(tree: consuming PPMTree, decisions: consuming Decisions) {
    firstRunLength = -min(tree.order, 12) - 1
    runLength = firstRunLength
    self.tree = tree
    self.decisions = decisions
    classes = PPMClasses.shared
    candidates = .allocate(capacity: 256)
  }

  deinit { candidates.deallocate() }

  package var memoryBytes: Int { tree.memoryBytes + decisions.memoryBytes }

  package mutating func code<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8 {
    if tree.isFull { restart() }
    let context = tree.context(tree.current)
    let coded =
      context.symbolCount == 1
      ? codeBinary(byte, in: context, with: &coder) : codeFirst(byte, in: context, with: &coder)
    decisions.advance(past: coded)
    return coded
  }

  /// Begins anew with the tree; what was learned of candidates and repetitions stays.
  @inline(never)
  mutating func restart() {
    tree.restart()
    binaryEstimates.restart()
    escapeEstimates.restart()
    runLength = firstRunLength
    lastWasLikely = 0
  }

  @inline(__always)
  var depth: Int { min(tree.depth, 15) }

  /// Codes the byte where the longest context knows one symbol.
  @inline(__always)
  private mutating func codeBinary<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, in context: PPMContext, with coder: inout C
  ) -> UInt8 {
    let entry = context.only
    bpb_prefetch(tree.base + Int(entry.successor))
    let place = binaryPlace(in: context)
    upperSymbol = tree.found.symbol >= 0x40 ? 8 : 0
    let candidate = binaryCandidate(in: context, at: place)
    tree.found = entry
    if decisions.decide(byte == entry.symbol, candidate, with: &coder) {
      binaryEstimates.noteHit(at: place)
      if entry.frequency < 128 { entry.frequency &+= 1 }
      lastWasLikely = 1
      runLength &+= 1
      tree.advance()
      return candidate.symbol
    }
    tree.initialEscape = binaryEstimates.noteMiss(at: place)
    lastWasLikely = 0
    exclusions.begin()
    exclusions.exclude(entry.symbol)
    return codeAfterEscape(byte, excluded: 1, with: &coder)
  }

  /// Where the outcomes of binary contexts like this one are counted.
  @inline(__always)
  private func binaryPlace(in context: PPMContext) -> Int {
    let entry = context.only
    let symbolsBelow = tree.context(context.suffix).symbolCount
    let situation =
      lastWasLikely &+ Int(classes.ofSuffix[symbolsBelow &- 1])
      &+ (tree.found.symbol >= 0x40 ? 8 : 0) &+ (entry.symbol >= 0x40 ? 16 : 0)
      &+ (runLength &>> 26) & 0x20
    return PPMBinaryEstimates.place(frequency: entry.frequency, situation: situation)
  }

  @inline(__always)
  private func binaryCandidate(in context: PPMContext, at place: Int) -> PPMCandidate {
    PPMCandidate(
      symbol: context.only.symbol, probability: binaryEstimates.probability(at: place),
      kind: .binary, depth: depth, competitors: 0)
  }

  /// The one symbol of a binary context.
  func binaryCandidate(in context: PPMContext) -> PPMCandidate {
    binaryCandidate(in: context, at: binaryPlace(in: context))
  }

  /// Codes the byte where the longest context knows several symbols.
  @inline(__always)
  private mutating func codeFirst<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, in context: PPMContext, with coder: inout C
  ) -> UInt8 {
    let first = tree.entries(of: context)
    let count = context.symbolCount
    let expected = expectedIndex(first, count)
    var left = parts(of: context)
    if expected > 0 {
      let entry = first[expected]
      if ask(.expected, entry, left, count, byte, with: &coder) {
        lastWasLikely = 0
        return take(entry, in: context)
      }
      left &-= entry.frequency
    }
    var index = 0
    var asked = 0
    while asked < Decisions.candidates && index < count {
      if index != expected || index == 0 {
        let entry = first[index]
        if ask(asked == 0 ? .top : .next, entry, left, count, byte, with: &coder) {
          return index == 0 ? takeTop(entry, in: context) : take(other: entry, in: context)
        }
        left &-= entry.frequency
        asked &+= 1
      }
      index &+= 1
    }
    return codeRest(
      byte, in: context, from: index, skipping: expected, left: left, with: &coder)
  }

  /// What the symbols of a context and its escape share. The empty context knows every byte: nothing
  /// escapes from it.
  @inline(__always)
  func parts(of context: PPMContext) -> Int {
    context.sum &- (context.symbolCount == 256 ? 1 : 0)
  }

  /// The index of the byte that a repetition makes likely; 0 if the context does not know it.
  @inline(__always)
  func expectedIndex(_ first: PPMEntry, _ count: Int) -> Int {
    let expected = decisions.expected
    guard expected >= 0 else { return 0 }
    var index = 0
    while index < count && Int(first[index].symbol) != expected { index &+= 1 }
    return index == count ? 0 : index
  }

  /// Decides whether the byte is that of `entry`, whose frequency competes for `left` parts.
  @inline(__always)
  mutating func ask<C: SymbolCoder & ~Copyable>(
    _ kind: PPMCandidate.Kind, _ entry: PPMEntry, _ left: Int, _ count: Int, _ byte: UInt8,
    with coder: inout C
  ) -> Bool {
    // Where the text goes if it is.
    bpb_prefetch(tree.base + Int(entry.successor))
    let candidate = candidate(kind, entry, left, count)
    return decisions.decide(byte == entry.symbol, candidate, with: &coder)
  }

  @inline(__always)
  func candidate(
    _ kind: PPMCandidate.Kind, _ entry: PPMEntry, _ left: Int, _ count: Int
  ) -> PPMCandidate {
    PPMCandidate(
      symbol: entry.symbol, probability: classes.share(of: entry.frequency, in: left), kind: kind,
      depth: depth, competitors: Int(classes.ofCount[count]))
  }

  /// Codes one of the entries from `index` on, or an escape.
  @inline(__always)
  private mutating func codeRest<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, in context: PPMContext, from start: Int, skipping: Int, left: Int,
    with coder: inout C
  ) -> UInt8 {
    let first = tree.entries(of: context)
    let count = context.symbolCount
    var index = start
    if index == skipping && skipping > 0 { index &+= 1 }
    if index < count {
      let total = UInt32(truncatingIfNeeded: left)
      let target = C.decodes ? Int(coder.target(total: total)) : 0
      var below = 0
      while index < count {
        let entry = first[index]
        if index != skipping || skipping == 0 {
          let frequency = entry.frequency
          if C.decodes ? target < below &+ frequency : entry.symbol == byte {
            coder.narrow(below: UInt32(below), frequency: UInt32(frequency), total: total)
            return index == 0 ? takeTop(entry, in: context) : take(other: entry, in: context)
          }
          below &+= frequency
        }
        index &+= 1
      }
      coder.narrow(below: UInt32(below), frequency: UInt32(left &- below), total: total)
    }
    upperSymbol = tree.found.symbol >= 0x40 ? 8 : 0
    lastWasLikely = 0
    exclusions.begin()
    for index in 0..<count { exclusions.exclude(first[index].symbol) }
    return codeAfterEscape(byte, excluded: count, with: &coder)
  }

  /// The first entry was right.
  @inline(__always)
  private mutating func takeTop(_ entry: PPMEntry, in context: PPMContext) -> UInt8 {
    let symbol = entry.symbol
    let sum = context.sum
    lastWasLikely = 2 &* entry.frequency > sum ? 1 : 0
    runLength &+= lastWasLikely
    context.sum = sum &+ 4
    entry.frequency &+= 4
    tree.found = entry
    if entry.frequency > PPMTree.mostFrequency { tree.halve() }
    tree.advance()
    return symbol
  }

  @inline(__always)
  private mutating func take(other entry: PPMEntry, in context: PPMContext) -> UInt8 {
    lastWasLikely = 0
    return take(entry, in: context)
  }

  /// An entry that is not the first was right.
  @inline(__always)
  private mutating func take(_ entry: PPMEntry, in context: PPMContext) -> UInt8 {
    let symbol = entry.symbol
    context.sum &+= 4
    entry.frequency &+= 4
    tree.found = entry
    if entry.frequency > entry.previous.frequency {
      entry.swap(with: entry.previous)
      tree.found = entry.previous
    }
    if tree.found.frequency > PPMTree.mostFrequency { tree.halve() }
    tree.advance()
    return symbol
  }
}
