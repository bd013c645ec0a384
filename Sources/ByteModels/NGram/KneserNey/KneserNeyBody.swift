import BPBCore

/// Writes what was estimated as a model file's body.
struct KneserNeyBody {
  private let trie: GramTrie
  private let codes: KneserNeyCodes
  private let layout: KneserNeyLayout
  /// For each n-gram the head of the longest context at its end, level by level; none at the last.
  private let heads: [[UInt32]]

  /// - Throws: `methodFailed` if there are more n-grams than places can be told apart.
  init(_ trie: GramTrie, _ codes: KneserNeyCodes) throws(BPBError) {
    self.trie = trie
    self.codes = codes
    var (heads, starts) = ([[UInt32]](), [0])
    var place = 257
    for depth in 0..<trie.order - 1 {
      starts.append(place)
      heads.append(Self.heads(trie, depth, heads.last ?? [], &place))
      guard place < 1 << 32 else {
        throw BPBError(
          .methodFailed, "has more n-grams than a model file holds", advice: "lower its order")
      }
    }
    starts += [Int](repeating: place, count: KneserNeyLayout.largestOrder - starts.count)
    self.heads = heads
    layout = KneserNeyLayout(
      order: trie.order, codeBits: codes.bits, records: place, starts: starts)
  }

  /// Gives each n-gram of level `depth` that others go on from the next place; the others use that of what
  /// they are linked to.
  private static func heads(
    _ trie: GramTrie, _ depth: Int, _ lower: [UInt32], _ place: inout Int
  ) -> [UInt32] {
    let level = trie.levels[depth]
    return level.bytes.indices.map { i in
      let children = Int(level.firstChildren[i + 1] - level.firstChildren[i])
      guard children > 0 else { return depth > 0 ? lower[Int(level.links[i])] : 0 }
      defer { place += children + 1 }
      return UInt32(truncatingIfNeeded: place)
    }
  }

  func bytes(threads: Int) -> [UInt8] {
    var body = [UInt8](repeating: 0, count: layout.byteCount)
    body.withUnsafeMutableBytes { body in
      guard let base = body.baseAddress else { return }
      layout.writeHeader(base)
      writeBooks(base + KneserNeyLayout.headerBytes)
      nonisolated(unsafe) let records = base + layout.recordsOffset
      writeContext(records, at: 0, backoff: 0, shorter: 0, children: 0..<256, depth: 0)
      for depth in 1..<max(trie.order, 1) {
        let blocks = Blocks(trie.levels[depth - 1].bytes.count)
        ParallelTasks.run(blocks.count, threads: threads) { block in
          for context in blocks[block] { write(context, depth, records) }
        }
      }
    }
    return body
  }

  private func writeBooks(_ base: UnsafeMutableRawPointer) {
    let words = (codes.probabilityBook.values ?? []) + (codes.backoffBook.values ?? [])
    for (place, word) in words.enumerated() {
      base.storeBytes(of: word.littleEndian, toByteOffset: 4 * place, as: UInt32.self)
    }
  }

  /// Writes a context of `depth` bytes, if it has children.
  private func write(_ context: Int, _ depth: Int, _ records: UnsafeMutableRawPointer) {
    let level = trie.levels[depth - 1]
    let children = Int(level.firstChildren[context])..<Int(level.firstChildren[context + 1])
    guard !children.isEmpty else { return }
    let shorter = depth > 1 ? heads[depth - 2][Int(level.links[context])] : 0
    writeContext(
      records, at: Int(heads[depth - 1][context]), backoff: codes.backoffs[depth - 1][context],
      shorter: shorter, children: children, depth: depth)
  }

  private func writeContext(
    _ records: UnsafeMutableRawPointer, at place: Int, backoff: UInt32, shorter: UInt32,
    children: Range<Int>, depth: Int
  ) {
    let level = trie.levels[depth]
    var target = records + place * layout.width
    store(UInt8(children.count - 1), backoff, shorter, &target)
    for child in children {
      let next: UInt32 =
        depth + 1 < trie.order
        ? heads[depth][child] : depth > 0 ? heads[depth - 1][Int(level.links[child])] : 0
      store(level.bytes[child], codes.probabilities[depth][child], next, &target)
    }
  }

  @inline(__always)
  private func store(
    _ byte: UInt8, _ code: UInt32, _ place: UInt32, _ target: inout UnsafeMutableRawPointer
  ) {
    let word =
      UInt64(byte) | UInt64(code) &<< 8 | UInt64(place) &<< UInt64(8 &+ layout.codeBits)
    withUnsafeBytes(of: word.littleEndian) { bytes in
      target.copyMemory(from: bytes.baseAddress!, byteCount: layout.width)
    }
    target += layout.width
  }
}
