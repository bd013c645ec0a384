import BPBCore

/// Modified Kneser–Ney, frozen: reads a model file's body where it is.
final class KneserNeyModel: FrozenModel {
  private let body: ModelBytes
  let automaton: KneserNeyAutomaton

  /// - Throws: `badData` for a body that no learner wrote; it is looked through once.
  init(_ body: ModelBytes) throws(BPBError) {
    let automaton = try KneserNeyAutomaton(body)
    do throws(BPBError) {
      try automaton.check()
    } catch {
      automaton.deallocate()
      throw error
    }
    self.body = body
    self.automaton = automaton
  }

  deinit { automaton.deallocate() }

  var memoryBytes: Int { body.count + automaton.allocatedBytes }

  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] {
    precondition(blockSize > 0, "a block has at least one byte")
    let scorer = KneserNeyScorer(automaton)
    var walker = KneserNeyWalker(automaton)
    var bits: [Double] = []
    var start = 0
    while start < text.count {
      let end = blockSize < text.count - start ? start + blockSize : text.count
      bits.append(scorer.bits(text, start..<end, &walker))
      start = end
    }
    return bits
  }
}

extension KneserNeyModel {
  func encode(_ text: Span<UInt8>) -> [UInt8] {
    var coder = RangeEncoder()
    var walker = KneserNeyWalker(automaton)
    withFrequencies { frequencies in
      for i in text.indices {
        KneserNeyCoding.fill(frequencies, walker)
        _ = coder.code(
          index: Int(text[i]), among: frequencies.span, total: KneserNeyCoding.total)
        _ = walker.step(text[i])
      }
    }
    return coder.finished()
  }

  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] {
    precondition(byteCount >= 0, "a count of bytes is not negative")
    var coder = RangeDecoder()
    coder.append(residual)
    coder.endInput()
    coder.start()
    let text = decode(byteCount, &coder)
    try Snapshots.check(
      unusedBytes: text.count < byteCount ? -1 : coder.unusedBytes, of: "residual")
    return text
  }

  /// As many of `byteCount` bytes as there are.
  private func decode(_ byteCount: Int, _ coder: inout RangeDecoder) -> [UInt8] {
    var walker = KneserNeyWalker(automaton)
    var text: [UInt8] = []
    withFrequencies { frequencies in
      while text.count < byteCount && coder.canDecode {
        KneserNeyCoding.fill(frequencies, walker)
        let index = coder.code(index: 0, among: frequencies.span, total: KneserNeyCoding.total)
        // Where nothing was coded only damage leads: the coder's state no longer means anything.
        guard index < 256 else { return }
        text.append(UInt8(index))
        _ = walker.step(UInt8(index))
      }
    }
    return text
  }

  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] {
    var walker = KneserNeyWalker(automaton)
    var guesses: [UInt8] = []
    guesses.reserveCapacity(text.count)
    withFrequencies { frequencies in
      for i in text.indices {
        guesses.append(Self.likeliest(frequencies, walker))
        _ = walker.step(text[i])
      }
    }
    return guesses
  }

  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8] {
    var walker = KneserNeyWalker(automaton)
    for i in prompt.indices { _ = walker.step(prompt[i]) }
    var chosen: [UInt8] = []
    withFrequencies { frequencies in
      for _ in 0..<count {
        KneserNeyCoding.fill(frequencies, walker)
        guard let byte = choose(frequencies.span.extracting(first: 256)) else { return }
        _ = walker.step(byte)
        chosen.append(byte)
      }
    }
    return chosen
  }

  /// Calls `body` with room for 257 frequencies.
  private func withFrequencies(_ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 257) { frequencies in
      frequencies.initialize(repeating: 0)
      body(frequencies)
    }
  }

  private static func likeliest(
    _ frequencies: UnsafeMutableBufferPointer<UInt32>, _ walker: KneserNeyWalker
  ) -> UInt8 {
    KneserNeyCoding.fill(frequencies, walker)
    var best = 0
    for byte in 1..<256 where frequencies[byte] > frequencies[best] { best = byte }
    return UInt8(best)
  }
}
