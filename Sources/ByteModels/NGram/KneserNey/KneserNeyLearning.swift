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
    "every probability and backoff in 24 bits, 18 of them significant"
  }

  public func makeLearner(byteCount: Int) throws(BPBError) -> any Learner {
    KneserNeyLearner(self)
  }

  public func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    try KneserNeyModel(ModelBytes(copying: snapshot))
  }

  public func open(_ body: ModelBytes) throws(BPBError) -> any FrozenModel {
    try KneserNeyModel(body)
  }
}
