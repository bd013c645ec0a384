import BPBCore

/// Writes what was estimated as a model file's body.
struct KneserNeyBody {
  private let trie: GramTrie
  private let estimate: KneserNeyEstimate
  private let layout: KneserNeyLayout

  init(_ trie: GramTrie, _ estimate: KneserNeyEstimate) {
    self.trie = trie
    self.estimate = estimate
    layout = KneserNeyLayout(
      counts: trie.levels.map(\.bytes.count), codeBits: ProbabilityCode.bits)
  }

  func bytes(threads: Int) -> [UInt8] {
    var body = [UInt8](repeating: 0, count: layout.byteCount)
    body.withUnsafeMutableBytes { body in
      guard let base = body.baseAddress else { return }
      nonisolated(unsafe) let start = base
      layout.writeHeader(base)
      // The longest n-grams are the most: their level is begun first.
      ParallelTasks.run(layout.order, threads: threads) { task in
        let level = layout.order - 1 - task
        write(level, to: start + layout.levelOffset(level))
      }
    }
    return body
  }

  private func write(_ index: Int, to base: UnsafeMutableRawPointer) {
    let (level, shape) = (trie.levels[index], layout.shapes[index])
    let probabilities = estimate.probabilities[index]
    let backoffs = shape.hasChildren ? estimate.backoffs[index] : []
    var writer = PackedWriter(base)
    for i in 0..<shape.count {
      writer.append(UInt64(level.bytes[i]), bits: 8)
      writer.append(UInt64(ProbabilityCode.code(probabilities[i])), bits: shape.codeBits)
      writer.append(level.links.isEmpty ? 0 : UInt64(level.links[i]), bits: shape.linkBits)
      guard shape.hasChildren else { continue }
      writer.append(UInt64(ProbabilityCode.code(backoffs[i])), bits: shape.codeBits)
      writer.append(UInt64(level.firstChildren[i]), bits: shape.childBits)
    }
    guard shape.hasChildren else { return }
    writer.append(0, bits: 8)
    writer.append(0, bits: shape.codeBits)
    writer.append(0, bits: shape.linkBits)
    writer.append(0, bits: shape.codeBits)
    writer.append(UInt64(level.firstChildren[shape.count]), bits: shape.childBits)
  }
}
