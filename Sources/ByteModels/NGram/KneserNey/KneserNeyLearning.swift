public import BPBCore

/// Interpolated modified Kneser–Ney over bytes, learned from counts and then frozen.
///
/// Sources: Kneser and Ney, "Improved backing-off for m-gram language modeling" (1995); Chen and Goodman
/// (1998); estimated as KenLM's lmplz does (Heafield et al., "Scalable modified Kneser-Ney language model
/// estimation", 2013), on a text that is one stream without sentence marks.
public struct KneserNeyLearning: LearningMethod {
  /// The longest n-grams, 1...8 bytes: one byte and the seven before it at most.
  public let order: Int
  /// Threads to count with at most. What is learned does not depend on it.
  public let threads: Int
  var pruning: GramPruning
  /// What square roots of counts are rounded to multiples of in a snapshot; 0 keeps every count.
  public let grain: Double
  /// Bits of what a model file says of one probability.
  let codeBits: Int

  /// A method for n-grams of up to `order` bytes.
  ///
  /// - Parameters:
  ///   - prune: n-grams of two bytes and more that stand at most so often in the text are left out.
  ///   - entropy: n-grams are left out without which a byte's code grows by less than so many bits.
  ///   - grain: 0, or from 0.1 on: a snapshot then has no counts but their square roots as multiples of it, and so has the
  ///     model that is read from it or from a model file; see `docs/methods/kneser-ney.md`.
  ///   - bits: to which a model file rounds each probability and backoff, 4...12; nil keeps 24.
  ///   - threads: to count with at most; nil for as many as there are processors.
  public init(
    order: Int, prune: Int = 0, entropy: Double = 0, grain: Double = 0, bits: Int? = nil,
    threads: Int? = nil
  ) {
    precondition((1...KneserNeyLayout.largestOrder).contains(order), "orders go from 1 to 8")
    precondition(bits.map(KneserNeyLayout.codeBitsAllowed.contains) ?? true, "4 to 12 bits")
    precondition(grain == 0 || grain >= Self.leastGrain, "a grain is 0 or from 0.1 on")
    self.order = order
    self.grain = grain
    pruning = GramPruning(mostCount: prune, leastLoss: entropy)
    codeBits = bits ?? ProbabilityCode.bits
    self.threads = threads ?? ParallelTasks.processorCount
  }

  /// Finer steps would be more than a number has room for.
  static let leastGrain = 0.1

  public var precision: String {
    grain == 0
      ? "every n-gram's count, a whole number, from which its probability is computed anew"
      : "the square root of every n-gram's count, rounded to a multiple of \(grain)"
  }

  public var filePrecision: String {
    codeBits == ProbabilityCode.bits
      ? "probabilities and backoffs of 24 bits, 6 of exponent and 18 of significand"
      : "probabilities and backoffs of \(codeBits) bits, which choose among 2^\(codeBits) values"
  }

  public func makeLearner(byteCount: Int) throws(BPBError) -> any Learner {
    KneserNeyLearner(self)
  }

  public func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    let body =
      try grain > 0
      ? self.body(CoarseSnapshot.read(snapshot, order: order))
      : self.body(KneserNeySnapshot.read(snapshot, self))
    return try KneserNeyModel(ModelBytes(copying: body.span))
  }

  public func open(_ body: ModelBytes) throws(BPBError) -> any FrozenModel {
    try KneserNeyModel(body)
  }

  /// The n-grams of `text`, all of them.
  func count(_ text: Span<UInt8>) throws(BPBError) -> GramTrie {
    try GramTrie(text, order: order, threads: threads)
  }

  /// `trie` without those that are to be left out.
  func pruned(_ trie: GramTrie) -> GramTrie { pruning.applied(to: trie, threads: threads) }

  /// What a snapshot with a grain has of `trie`, which has everything that was counted.
  func coarse(_ trie: GramTrie) -> CoarseTrie {
    CoarseTrie(pruned(trie), byteCount: trie.byteCountOfText, step: grain, threads: threads)
  }

  /// The body of a model file for what was counted.
  func body(_ trie: GramTrie) throws(BPBError) -> [UInt8] {
    try body(trie, KneserNeyEstimate(trie, threads: threads))
  }

  /// The same for what a grain left of it.
  func body(_ coarse: CoarseTrie) throws(BPBError) -> [UInt8] {
    try body(coarse.trie, coarse.estimate)
  }

  private func body(
    _ trie: GramTrie, _ estimate: KneserNeyEstimate
  ) throws(BPBError) -> [UInt8] {
    let codes = KneserNeyCodes(trie, estimate, bits: codeBits, threads: threads)
    return try KneserNeyBody(trie, codes).bytes(threads: threads)
  }
}
