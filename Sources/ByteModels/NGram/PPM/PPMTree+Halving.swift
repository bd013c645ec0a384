/// Halving the frequencies of a context, so that old symbols fade.
extension PPMTree {
  /// Halves the current context's frequencies, the found symbol first, and drops the symbols that are
  /// left with none.
  mutating func halve() {
    let context = self.context(current)
    let first = entries(of: context)
    moveFoundToFront(first)
    let count = context.symbolCount
    var escape = context.sum
    // Where longer contexts were escaped from, symbols met once are kept.
    let adder = shortfall != 0 ? 1 : 0
    escape -= first.frequency
    first.frequency = (first.frequency + 4 + adder) >> 1
    var sum = first.frequency
    for index in 1..<count {
      let entry = first[index]
      escape -= entry.frequency
      entry.frequency = (entry.frequency + adder) >> 1
      sum += entry.frequency
      if entry.frequency > entry.previous.frequency { sink(entry, before: first) }
    }
    found = first
    var dropped = 0
    while first[count - 1 - dropped].frequency == 0 { dropped += 1 }
    escape += dropped
    if dropped > 0 && shrink(context, by: dropped, escape: escape) { return }
    context.sum = sum + escape - escape >> 1
    found = entries(of: context)
  }

  private func moveFoundToFront(_ first: PPMEntry) {
    let kept = found.value
    var entry = found
    while entry.address != first.address {
      entry.value = entry.previous.value
      entry = entry.previous
    }
    first.value = kept
  }

  /// Moves `entry` towards the front, past those of lower frequency.
  private func sink(_ entry: PPMEntry, before first: PPMEntry) {
    let kept = entry.value
    let frequency = entry.frequency
    var place = entry
    repeat {
      place.value = place.previous.value
      place = place.previous
    } while place.address != first.address && frequency > place.previous.frequency
    place.value = kept
  }

  /// Leaves the last `dropped` entries out.
  ///
  /// - Returns: whether the context became binary.
  private mutating func shrink(_ context: PPMContext, by dropped: Int, escape: Int) -> Bool {
    let count = context.symbolCount
    let left = count - dropped
    let units = (count + 1) / 2
    context.symbolCount = left
    if left == 1 {
      let block = context.entries
      let only = entries(of: context).value
      context.only.value = only
      var frequency = context.only.frequency
      var escape = escape
      repeat {
        frequency -= frequency >> 1
        escape >>= 1
      } while escape > 1
      context.only.frequency = frequency
      found = context.only
      arena.release(block, units: units)
      return true
    }
    let smaller = (left + 1) / 2
    guard !arena.isSameSize(units, smaller) else { return false }
    let block = arena.allocate(units: smaller)
    guard block != 0 else { return false }
    let source = base + Int(context.entries)
    (base + Int(block)).copyMemory(from: source, byteCount: left * PPMEntry.byteCount)
    arena.release(context.entries, units: units)
    context.entries = block
    return false
  }
}
