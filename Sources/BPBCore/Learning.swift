/// A model whose knowledge can be taken out, sent and used again: what the lossy side of a model is
/// measured through. Called per block, so existentials are fine here.
public protocol LearningMethod: Sendable {
  /// In which numbers a snapshot holds what was learned, as one clause: the precision that its size
  /// is stated at.
  var precision: String { get }

  /// In which numbers a model file's body holds what was learned, as one clause; `precision` where that is the
  /// snapshot.
  var filePrecision: String { get }

  /// Whether the models that it opens are `TextExporting`.
  var exportsText: Bool { get }

  /// A learner that knows nothing yet.
  ///
  /// - Parameter byteCount: raw bytes that it will be shown at most, so that tables fit.
  /// - Throws: `methodFailed` when there is no memory.
  func makeLearner(byteCount: Int) throws(BPBError) -> any Learner

  /// The model that a snapshot describes; the snapshot's bytes are all that it needs.
  ///
  /// - Throws: `badData` for bytes that no learner of this method wrote; `methodFailed` when there is
  ///   no memory.
  func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel

  /// The model whose file holds `body`, which a learner's `fileBody` gave. It may keep `body` and read it
  /// in place.
  ///
  /// - Throws: as `restore`.
  func open(_ body: ModelBytes) throws(BPBError) -> any FrozenModel
}

extension LearningMethod {
  public var filePrecision: String { precision }
  public var exportsText: Bool { false }

  public func open(_ body: ModelBytes) throws(BPBError) -> any FrozenModel {
    let bytes = body.buffer
    return try restore(bytes.span)
  }
}

/// A model that is learning. Used from one thread at a time.
public protocol Learner: AnyObject {
  /// Learns from `bytes`, which follow those before.
  func learn(_ bytes: Span<UInt8>)

  /// Everything learned so far, entropy-coded: the first part of a two-part code, a real one. The learner
  /// does not change and may go on.
  ///
  /// - Throws: `methodFailed` when there is no memory.
  func snapshot() throws(BPBError) -> [UInt8]

  /// The same, for learners whose work begins when they are asked.
  ///
  /// - Parameter pause: called now and then in long work; what it throws ends the work.
  func snapshot(pause: () throws(BPBError) -> Void) throws(BPBError) -> [UInt8]

  /// Everything learned so far in the form that is quickest to use, for a model file; the snapshot where
  /// there is no other.
  ///
  /// - Throws: `methodFailed` when there is no memory.
  func fileBody() throws(BPBError) -> [UInt8]

  /// What a user should know of the model made, one sentence each, as a fallback that was used.
  var notes: [String] { get }

  /// Bytes that the model has allocated.
  var memoryBytes: Int { get }
}

extension Learner {
  public func snapshot(pause: () throws(BPBError) -> Void) throws(BPBError) -> [UInt8] {
    try snapshot()
  }

  public func fileBody() throws(BPBError) -> [UInt8] { try snapshot() }
  public var notes: [String] { [] }
}

/// A model that learns no more. Used from one thread at a time.
///
/// Every call of a function starts a stream: it knows nothing of the bytes of the call before.
public protocol FrozenModel: AnyObject {
  /// Ideal length in bits of each block of `blockSize` bytes of `text`, at least 1, the last block maybe
  /// shorter. One stream: a block is predicted from those before it.
  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double]

  /// The residual: `text` coded by a range coder under the frozen model, nothing added.
  func encode(_ text: Span<UInt8>) -> [UInt8]

  /// The `byteCount` bytes that `residual` stands for.
  ///
  /// - Throws: `badData` when the residual ends early or goes on.
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8]

  /// For each byte of `text` the one that the model holds likeliest there, given the true bytes before
  /// it; of equally likely ones the lowest.
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8]

  /// `count` bytes after `prompt`, each what `choose` answers; fewer where it answers nil, which ends them.
  ///
  /// Whatever reads or writes a text byte by byte under a frozen model goes through here: guesses, samples,
  /// codes that leave something out.
  /// - Parameter choose: is given the frequencies of the 256 bytes, each at least 1 and their sum under 2^25,
  ///   that the model holds of the next one after the prompt and all bytes chosen so far.
  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8]

  /// Bytes that the model has allocated.
  var memoryBytes: Int { get }
}

extension FrozenModel {
  /// `count` bytes after `prompt`, each the likeliest given the prompt and those chosen before it; of equally
  /// likely ones the lowest.
  public func continuation(of prompt: Span<UInt8>, count: Int) -> [UInt8] {
    continuation(of: prompt, count: count) { frequencies in
      var best = 0
      for byte in 1..<256 where frequencies[byte] > frequencies[best] { best = byte }
      return UInt8(best)
    }
  }
}
