public import BPBCore

extension KneserNeyLearning {
  /// The body of a model file for an ARPA file over byte tokens, spelled as `exportARPA` does.
  ///
  /// N-grams with `<s>` or `</s>` in them are left out: a stream of bytes has neither. Bytes that are not
  /// listed share the probability of `<unk>`.
  /// - Parameter bits: of a probability, 4...12; nil keeps 24.
  /// - Throws: `badData` with the line, for anything else, and for probabilities that sum to more than one.
  public static func importARPA(
    _ text: [UInt8], bits: Int? = nil
  ) throws(BPBError) -> [UInt8] {
    try importARPA(ARPAReader(text), bits: bits ?? ProbabilityCode.bits).body
  }

  /// The tree of what `reader` read, with counts that mean nothing, and the body made of it.
  static func importARPA(
    _ reader: ARPAReader, bits: Int
  ) throws(BPBError) -> (trie: GramTrie, body: [UInt8]) {
    var closure = try ARPAClosure(reader.levels, unknown: reader.unknown)
    let (trie, estimate) = try closure.model()
    let threads = ParallelTasks.processorCount
    let codes = KneserNeyCodes(trie, estimate, bits: bits, threads: threads)
    return (trie, try KneserNeyBody(trie, codes).bytes(threads: threads))
  }
}

/// Makes a file's n-grams a tree: with all 256 bytes, and with the end of every n-gram as one itself.
private struct ARPAClosure {
  private var levels: [[ARPAGram]]

  init(_ levels: [[ARPAGram]], unknown: Double?) throws(BPBError) {
    self.levels = levels
    addBytes(unknown ?? 0)
    for depth in (1..<max(levels.count, 1)).reversed() { addEnds(depth) }
    for depth in 1..<max(levels.count, 1) { try checkBeginnings(depth) }
  }

  private mutating func addBytes(_ unknown: Double) {
    let missing = 256 - levels[0].count
    for byte in UInt64(0)..<256 where levels[0].place(of: byte) == nil {
      let gram = ARPAGram(
        key: byte, probability: unknown / Double(missing), backoff: nil, line: 0)
      levels[0].insert(gram, at: Int(byte))
    }
  }

  /// Adds what is left of an n-gram without its first byte, where that is missing.
  private mutating func addEnds(_ depth: Int) {
    let mask: UInt64 = 1 << UInt64(8 * depth) - 1
    var ends = levels[depth].map { $0.key & mask }
    ends.sort()
    var added: [ARPAGram] = []
    for (i, end) in ends.enumerated() where i == 0 || ends[i - 1] != end {
      if levels[depth - 1].place(of: end) == nil {
        added.append(ARPAGram(key: end, probability: nil, backoff: nil, line: 0))
      }
    }
    levels[depth - 1] = (levels[depth - 1] + added).sorted { $0.key < $1.key }
  }

  private func checkBeginnings(_ depth: Int) throws(BPBError) {
    for gram in levels[depth] where gram.line > 0 {
      guard let place = levels[depth - 1].place(of: gram.key >> 8) else {
        throw ARPALines.error(
          "has an n-gram whose first \(depth) bytes are not one", line: gram.line)
      }
      let context = levels[depth - 1][place]
      guard context.backoff != nil || context.line == 0 else {
        throw ARPALines.error(
          "needs the backoff that line \(context.line) does not have", line: gram.line)
      }
    }
  }
}

extension ARPAClosure {
  /// The tree, and what the file says of it.
  mutating func model() throws(BPBError) -> (GramTrie, KneserNeyEstimate) {
    var trie = GramTrie(levels: [], ends: TextEnds(first: [], last: []))
    var (probabilities, backoffs) = ([[Double]](), [[Double]]())
    for depth in levels.indices {
      var level = GramLevel()
      level.bytes = levels[depth].map { UInt8(truncatingIfNeeded: $0.key) }
      level.counts = [UInt32](repeating: 1, count: level.bytes.count)
      if depth > 0 {
        let mask: UInt64 = 1 << UInt64(8 * depth) - 1
        level.links = levels[depth].map { UInt32(levels[depth - 1].place(of: $0.key & mask)!) }
        trie.levels[depth - 1].firstChildren = firstChildren(depth)
        fillIn(depth, level.links)
      }
      trie.levels.append(level)
      probabilities.append(levels[depth].map { $0.probability ?? 0 })
      if depth + 1 < levels.count { backoffs.append(levels[depth].map { $0.backoff ?? 1 }) }
    }
    for depth in levels.indices { try checkSums(depth, trie, probabilities, backoffs) }
    return (trie, KneserNeyEstimate(probabilities: probabilities, backoffs: backoffs))
  }

  private func firstChildren(_ depth: Int) -> [UInt32] {
    var bounds: [UInt32] = []
    var child = 0
    for context in levels[depth - 1] {
      bounds.append(UInt32(child))
      while child < levels[depth].count && levels[depth][child].key >> 8 == context.key {
        child += 1
      }
    }
    return bounds + [UInt32(child)]
  }

  /// Gives n-grams that were added what their contexts back off to.
  private mutating func fillIn(_ depth: Int, _ links: [UInt32]) {
    for i in levels[depth].indices where levels[depth][i].probability == nil {
      let context = levels[depth - 1].place(of: levels[depth][i].key >> 8)
      let backoff = context.flatMap { levels[depth - 1][$0].backoff } ?? 1
      levels[depth][i].probability =
        backoff * (levels[depth - 1][Int(links[i])].probability ?? 0)
    }
  }

  /// No context may give out more than there is, but for what rounding decimals adds.
  private func checkSums(
    _ depth: Int, _ trie: GramTrie, _ probabilities: [[Double]], _ backoffs: [[Double]]
  ) throws(BPBError) {
    guard depth > 0 else {
      let sum = probabilities[0].reduce(0, +)
      guard sum < 1.001 else {
        throw BPBError(.badData, "the ARPA file's words of one byte sum to \(sum)")
      }
      return
    }
    let bounds = trie.levels[depth - 1].firstChildren
    for (parent, context) in levels[depth - 1].enumerated() {
      var (sum, lower) = (0.0, 0.0)
      for child in Int(bounds[parent])..<Int(bounds[parent + 1]) {
        sum += probabilities[depth][child]
        lower += probabilities[depth - 1][Int(trie.levels[depth].links[child])]
      }
      guard sum + backoffs[depth - 1][parent] * max(1 - lower, 0) < 1.001 else {
        throw ARPALines.error(
          "has a context after which probabilities sum to more than one", line: context.line)
      }
    }
  }
}
