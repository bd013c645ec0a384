extension PPMModel where Decisions: ~Copyable {
  /// Codes the byte in shorter and shorter contexts, without the symbols that are excluded.
  @inline(never)
  mutating func codeAfterEscape<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, excluded: Int, with coder: inout C
  ) -> UInt8 {
    var excluded = excluded
    while true {
      let context = tree.escape(past: excluded)
      let place = escapePlace(in: context, excluded: excluded)
      let escape = place >= 0 ? escapeEstimates.frequency(at: place) : 0
      if place >= 0 { escapeEstimates.takeOut(at: place) }
      let open = context.symbolCount &- excluded
      let sum = gatherCandidates(in: context, open)
      let found = codeCandidate(byte, of: open, sum, escape: escape, with: &coder)
      if found >= 0 {
        if place >= 0 { escapeEstimates.noteSymbol(at: place) }
        return takeAfterEscape(PPMEntry(candidates[found]), in: context)
      }
      if place >= 0 { escapeEstimates.noteEscape(at: place, sum: sum &+ escape) }
      for index in 0..<open { exclusions.exclude(PPMEntry(candidates[index]).symbol) }
      excluded = context.symbolCount
    }
  }

  /// Where the escape from `context` is estimated; -1 for the empty context, which knows every byte.
  @inline(__always)
  func escapePlace(in context: PPMContext, excluded: Int) -> Int {
    let count = context.symbolCount
    guard count != 256 else { return -1 }
    let open = count &- excluded
    let symbolsBelow = tree.context(context.suffix).symbolCount
    let situation =
      (open < symbolsBelow &- count ? 1 : 0) &+ (context.sum < 11 &* count ? 2 : 0)
      &+ (excluded > open ? 4 : 0) &+ upperSymbol
    return escapeEstimates.place(open: open, situation: situation)
  }

  /// Gathers the `open` entries that are not excluded.
  ///
  /// - Returns: the sum of their frequencies.
  @inline(__always)
  mutating func gatherCandidates(in context: PPMContext, _ open: Int) -> Int {
    var entry = tree.entries(of: context)
    var sum = 0
    var index = 0
    while index < open {
      while exclusions.contains(entry.symbol) { entry = entry.next }
      candidates[index] = entry.address
      sum &+= entry.frequency
      index &+= 1
      entry = entry.next
    }
    return sum
  }

  /// Codes which of the gathered candidates the byte is.
  ///
  /// - Returns: its index; -1 for an escape, which the empty context, the only one of 256 symbols, never
  ///   needs.
  @inline(__always)
  private mutating func codeCandidate<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, of open: Int, _ sum: Int, escape: Int, with coder: inout C
  ) -> Int {
    var left = sum &+ escape
    var index = 0
    // Where nothing escapes, the last one left needs no decision.
    let inDoubt = escape > 0 ? open : open &- 1
    while index < Decisions.candidatesAfterEscape && index < inDoubt {
      let entry = PPMEntry(candidates[index])
      let kind = index == 0 ? PPMCandidate.Kind.afterEscape : .nextAfterEscape
      if ask(kind, entry, left, open, byte, with: &coder) { return index }
      left &-= entry.frequency
      index &+= 1
    }
    guard index < open else { return -1 }
    let parts = UInt32(truncatingIfNeeded: left)
    let target = C.decodes ? Int(coder.target(total: parts)) : 0
    var below = 0
    while index < open {
      let entry = PPMEntry(candidates[index])
      let frequency = entry.frequency
      if C.decodes ? target < below &+ frequency : entry.symbol == byte {
        coder.narrow(below: UInt32(below), frequency: UInt32(frequency), total: parts)
        return index
      }
      below &+= frequency
      index &+= 1
    }
    coder.narrow(below: UInt32(below), frequency: UInt32(left &- below), total: parts)
    return -1
  }

  @inline(__always)
  private mutating func takeAfterEscape(_ entry: PPMEntry, in context: PPMContext) -> UInt8 {
    let symbol = entry.symbol
    tree.found = entry
    context.sum &+= 4
    entry.frequency &+= 4
    if entry.frequency > PPMTree.mostFrequency { tree.halve() }
    runLength = firstRunLength
    tree.learn()
    return symbol
  }
}
