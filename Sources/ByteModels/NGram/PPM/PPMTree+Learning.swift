/// What the tree learns from a byte that was found in `current`, after an escape from longer contexts
/// or where the path on has to be built.
extension PPMTree {
  /// Counts the byte in the next shorter context too, adds it to the longer ones that did not know it,
  /// and moves on to the context that it leads to.
  mutating func learn() {
    let here = context(current)
    let inSuffix = countInSuffix(of: here)
    if shortfall == 0 {
      followAtFullOrder(inSuffix)
      return
    }
    (base + Int(textPosition)).storeBytes(of: found.symbol, as: UInt8.self)
    textPosition &+= 1
    guard textPosition < textEnd else { return noteFull() }
    var next = found.successor
    // What the longer contexts' new entries point to: the text, until they are met again.
    var unbuilt = textPosition
    if next == 0 {
      found.successor = unbuilt
      next = current
    } else {
      if next <= textEnd {
        next = buildSuccessors(inSuffix, includingFound: true)
        guard next != 0 else { return noteFull() }
      }
      shortfall &-= 1
      if shortfall == 0 {
        unbuilt = next
        if longest != current { textPosition &-= 1 }
      }
    }
    guard addToLongerContexts(than: here, successor: unbuilt) else { return noteFull() }
    current = next
    longest = next
  }

  @inline(__always)
  private mutating func followAtFullOrder(_ inSuffix: PPMEntry?) {
    let next = buildSuccessors(inSuffix, includingFound: false)
    guard next != 0 else { return noteFull() }
    found.successor = next
    current = next
    longest = next
  }

  /// Counts the found symbol in the suffix of `context` as well, while its own frequency is small.
  ///
  /// - Returns: its entry there; nil if it was not looked for.
  @inline(__always)
  private mutating func countInSuffix(of context: PPMContext) -> PPMEntry? {
    guard found.frequency < Self.mostFrequency / 4 && context.suffix != 0 else { return nil }
    let shorter = self.context(context.suffix)
    if shorter.symbolCount == 1 {
      let entry = shorter.only
      if entry.frequency < 32 { entry.frequency &+= 1 }
      return entry
    }
    var entry = self.entry(of: found.symbol, in: shorter)
    let isFirst = entry.address == entries(of: shorter).address
    if !isFirst && entry.frequency >= entry.previous.frequency {
      entry.swap(with: entry.previous)
      entry = entry.previous
    }
    if entry.frequency < Self.mostFrequency - 9 {
      entry.frequency &+= 2
      shorter.sum &+= 2
    }
    return entry
  }

  /// The entry of a symbol that `context`, which is not binary, knows.
  @inline(__always)
  func entry(of symbol: UInt8, in context: PPMContext) -> PPMEntry {
    var entry = entries(of: context)
    while entry.symbol != symbol { entry = entry.next }
    return entry
  }

  /// Builds the contexts that the found symbol leads to, from the shortest that is missing up: each has
  /// the one symbol that followed in the text.
  ///
  /// - Returns: the longest of them; 0 when there is no memory.
  private mutating func buildSuccessors(
    _ inSuffix: PPMEntry?, includingFound: Bool
  ) -> UInt32 {
    let unbuilt = found.successor
    var count = 0
    if includingFound {
      path[0] = found.address
      count = 1
    }
    var known = inSuffix
    var parent = current
    while context(parent).suffix != 0 {
      parent = context(parent).suffix
      let shorter = context(parent)
      let entry =
        known ?? (shorter.symbolCount == 1 ? shorter.only : entry(of: found.symbol, in: shorter))
      known = nil
      if entry.successor != unbuilt {
        parent = entry.successor
        if count == 0 { return parent }
        break
      }
      path[count] = entry.address
      count &+= 1
    }
    let symbol = (base + Int(unbuilt)).load(as: UInt8.self)
    let frequency = inherited(symbol, from: context(parent))
    while count > 0 {
      let offset = arena.allocate(units: 1)
      guard offset != 0 else { return 0 }
      let built = context(offset)
      built.symbolCount = 1
      built.only.symbol = symbol
      built.only.frequency = frequency
      built.only.successor = unbuilt &+ 1
      built.suffix = parent
      count &-= 1
      PPMEntry(path[count]).successor = offset
      parent = offset
    }
    return parent
  }

  /// The first frequency of `symbol` in a context whose suffix is `parent`: what its share there,
  /// against that of the other symbols without the escape, makes likely.
  @inline(__always)
  private func inherited(_ symbol: UInt8, from parent: PPMContext) -> Int {
    if parent.symbolCount == 1 { return parent.only.frequency }
    let own = entry(of: symbol, in: parent).frequency - 1
    let others = parent.sum - parent.symbolCount - own
    guard 2 * own > others else { return 5 * own > others ? 2 : 1 }
    return 1 + (2 * own + 3 * others - 1) / (2 * others)
  }

  /// Adds the found symbol to every context longer than `here`: each is told how likely `here` held it.
  ///
  /// - Returns: false when there is no memory.
  private mutating func addToLongerContexts(than here: PPMContext, successor: UInt32) -> Bool {
    let symbols = here.symbolCount
    let others = here.sum &- symbols &- (found.frequency &- 1)
    var offset = longest
    while offset != current {
      let longer = context(offset)
      let count = longer.symbolCount
      guard count == 1 ? open(longer, symbols) : makeRoom(in: longer, symbols) else {
        return false
      }
      let frequency = firstFrequency(in: longer, others: others)
      let entry = entries(of: longer)[count]
      entry.symbol = found.symbol
      entry.frequency = frequency
      entry.successor = successor
      longer.symbolCount = count &+ 1
      offset = longer.suffix
    }
    return true
  }

  /// The frequency that the found symbol begins with in `longer`, whose sum grows by it or by what an
  /// escape costs.
  @inline(__always)
  private func firstFrequency(in longer: PPMContext, others: Int) -> Int {
    let sum = longer.sum
    let own = 2 &* found.frequency &* (sum &+ 6)
    let all = others &+ sum
    if own < 6 &* all {
      longer.sum = sum &+ 3
      return 1 &+ (own > all ? 1 : 0) &+ (own >= 4 &* all ? 1 : 0)
    }
    let frequency =
      4 &+ (own >= 9 &* all ? 1 : 0) &+ (own >= 12 &* all ? 1 : 0) &+ (own >= 15 &* all ? 1 : 0)
    longer.sum = sum &+ frequency
    return frequency
  }

  /// Turns a binary context into one with entries of their own.
  @inline(__always)
  private mutating func open(_ context: PPMContext, _ symbolsBelow: Int) -> Bool {
    let block = arena.allocate(units: 1)
    guard block != 0 else { return false }
    let entry = PPMEntry(base + Int(block))
    entry.value = context.only.value
    let frequency = entry.frequency
    entry.frequency =
      frequency < Self.mostFrequency / 4 - 1 ? 2 &* frequency : Self.mostFrequency - 4
    context.entries = block
    context.sum = entry.frequency &+ initialEscape &+ (symbolsBelow > 3 ? 1 : 0)
    return true
  }

  /// Makes room for one more entry, and the escape likelier where the shorter context knows many more
  /// symbols.
  @inline(__always)
  private mutating func makeRoom(in context: PPMContext, _ symbolsBelow: Int) -> Bool {
    let count = context.symbolCount
    if count & 1 == 0 && !arena.isSameSize(count / 2, count / 2 + 1) {
      let block = arena.allocate(units: count / 2 + 1)
      guard block != 0 else { return false }
      let bytes = count &* PPMEntry.byteCount
      (base + Int(block)).copyMemory(from: base + Int(context.entries), byteCount: bytes)
      arena.release(context.entries, units: count / 2)
      context.entries = block
    }
    let sum = context.sum
    context.sum =
      sum &+ (2 &* count < symbolsBelow ? 1 : 0)
      &+ (4 &* count <= symbolsBelow && sum <= 8 &* count ? 2 : 0)
    return true
  }
}
