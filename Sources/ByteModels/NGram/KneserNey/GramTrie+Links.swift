extension GramTrie {
  /// Finds for each n-gram the one without its first byte: a child of what its parent is linked to. Both
  /// have their children sorted, so they are found in passing.
  mutating func link(threads: Int) {
    guard order > 1 else { return }
    levels[1].links = levels[1].bytes.map { UInt32($0) }
    for depth in 2..<max(order, 2) {
      levels[depth].links = links(of: depth, threads: threads)
    }
  }

  private func links(of depth: Int, threads: Int) -> [UInt32] {
    let parents = levels[depth - 1]
    let bytes = levels[depth].bytes
    let (lower, lowerBytes) = (levels[depth - 2].firstChildren, parents.bytes)
    let blocks = Blocks(parents.bytes.count)
    return [UInt32](unsafeUninitializedCapacity: bytes.count) { links, count in
      nonisolated(unsafe) let links = links
      ParallelTasks.run(blocks.count, threads: threads) { block in
        for parent in blocks[block] {
          let target = Int(parents.links[parent])
          var place = Int(lower[target])
          for child in Int(parents.firstChildren[parent])..<Int(parents.firstChildren[parent + 1]) {
            while lowerBytes[place] != bytes[child] { place &+= 1 }
            links[child] = UInt32(truncatingIfNeeded: place)
          }
        }
      }
      count = bytes.count
    }
  }

  /// Below the highest order an n-gram counts the different bytes before it: those n-grams one longer that
  /// are linked to it, and the beginning of the text.
  mutating func adjustCounts(threads: Int) {
    adjustLowerCounts(threads: threads)
    countsOfCounts = levels.map(\.countsOfCounts)
  }

  private mutating func adjustLowerCounts(threads: Int) {
    guard order > 1 else { return }
    var adjusted = [[UInt32]](repeating: [], count: order - 1)
    adjusted.withUnsafeMutableBufferPointer { adjusted in
      nonisolated(unsafe) let adjusted = adjusted
      ParallelTasks.run(order - 1, threads: threads) { depth in
        adjusted[depth] = linkCounts(at: depth)
      }
    }
    for depth in 0..<order - 1 { levels[depth].counts = adjusted[depth] }
    for length in 1..<ends.first.count + 1 {
      if let index = find(ends.first[..<length]) { levels[length - 1].counts[index] += 1 }
    }
  }

  private func linkCounts(at depth: Int) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: levels[depth].bytes.count)
    let links = levels[depth + 1].links
    counts.withUnsafeMutableBufferPointer { counts in
      for i in links.indices { counts[Int(links[i])] &+= 1 }
    }
    return counts
  }
}

/// Ranges of equal length that cover 0..<total: what threads take at a time.
struct Blocks {
  private let total: Int
  private let size: Int
  let count: Int

  init(_ total: Int, size: Int = 1 << 14) {
    self.total = total
    self.size = size
    count = (total + size - 1) / size
  }

  subscript(block: Int) -> Range<Int> { block * size..<min((block + 1) * size, total) }
}
