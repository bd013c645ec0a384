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

  /// A method for n-grams of up to `order` bytes.
  public init(order: Int, threads: Int? = nil) {
    precondition((1...KneserNeyLayout.largestOrder).contains(order), "orders go from 1 to 8")
    self.order = order
    self.threads = threads ?? ParallelTasks.processorCount
  }

  public var precision: String {
    "every n-gram's count, a whole number, from which its probability is computed anew"
  }

  public func makeLearner(byteCount: Int) throws(BPBError) -> any Learner {
    KneserNeyLearner(self)
  }

  public func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    var reader = SnapshotReader(snapshot)
    var counts = GramSnapshot(order: order)
    let trie = try counts.pass(through: &reader)
    try Snapshots.check(unusedBytes: reader.unusedBytes)
    let body = body(trie)
    return try KneserNeyModel(ModelBytes(copying: body.span))
  }

  public func open(_ body: ModelBytes) throws(BPBError) -> any FrozenModel {
    try KneserNeyModel(body)
  }

  /// The body of a model file for what was counted.
  func body(_ trie: GramTrie) -> [UInt8] {
    let discounts = trie.levels.map { KneserNeyDiscounts(countsOfCounts: $0.countsOfCounts) }
    let estimate = KneserNeyEstimate(trie, discounts, threads: threads)
    return KneserNeyBody(trie, estimate).bytes(threads: threads)
  }
}
