/// Writes what was estimated as a model file's body.
struct KneserNeyBody {
  private let trie: GramTrie
  private let codes: KneserNeyCodes
  private let layout: KneserNeyLayout

  init(_ trie: GramTrie, _ codes: KneserNeyCodes) {
    self.trie = trie
    self.codes = codes
    layout = KneserNeyLayout(counts: trie.levels.map(\.bytes.count), codeBits: codes.bits)
  }

  func bytes(threads: Int) -> [UInt8] {
    var body = [UInt8](repeating: 0, count: layout.byteCount)
    body.withUnsafeMutableBytes { body in
      guard let base = body.baseAddress else { return }
      nonisolated(unsafe) let start = base
      layout.writeHeader(base)
      for level in 0..<layout.order { writeBooks(level, to: base + layout.tableOffset(level)) }
      // The longest n-grams are the most: their level is begun first.
      ParallelTasks.run(layout.order, threads: threads) { task in
        let level = layout.order - 1 - task
        write(level, to: start + layout.levelOffset(level))
      }
    }
    return body
  }

  private func writeBooks(_ level: Int, to base: UnsafeMutableRawPointer) {
    let books = [codes.books[level].probabilities, codes.books[level].backoffs]
    for (place, book) in books.enumerated() {
      for (code, value) in (book.values ?? []).enumerated() {
        base.storeBytes(
          of: value.littleEndian, toByteOffset: place * layout.tableBytes + 4 * code,
          as: UInt32.self)
      }
    }
  }

  private func write(_ index: Int, to base: UnsafeMutableRawPointer) {
    let (level, shape) = (trie.levels[index], layout.shapes[index])
    let probabilities = codes.probabilities[index]
    let backoffs = shape.hasChildren ? codes.backoffs[index] : []
    var writer = PackedWriter(base)
    for i in 0..<shape.count {
      writer.append(UInt64(level.bytes[i]), bits: 8)
      writer.append(UInt64(probabilities[i]), bits: shape.codeBits)
      writer.append(level.links.isEmpty ? 0 : UInt64(level.links[i]), bits: shape.linkBits)
      guard shape.hasChildren else { continue }
      writer.append(UInt64(backoffs[i]), bits: shape.codeBits)
      writer.append(UInt64(level.firstChildren[i]), bits: shape.childBits)
    }
    guard shape.hasChildren else { return }
    writer.append(0, bits: 8 + shape.codeBits)
    writer.append(0, bits: shape.linkBits)
    writer.append(0, bits: shape.codeBits)
    writer.append(UInt64(level.firstChildren[shape.count]), bits: shape.childBits)
  }
}
