public import BPBCore

/// The bridge from freezable models to `LearningMethod`, as `ModelCodec` is the one from models to
/// codecs.
///
/// Not generic itself, for the same reason: it keeps closures that its initialiser specialised.
public struct ModelLearning: LearningMethod {
  public let precision: String
  @usableFromInline let learner: @Sendable (Int) throws(BPBError) -> any Learner
  @usableFromInline let restorer: @Sendable (Span<UInt8>) throws(BPBError) -> any FrozenModel

  /// What the models that `make` makes learn.
  ///
  /// - Parameter make: given the raw bytes that a learner will be shown at most; and 0 for the model
  ///   that a snapshot is read with.
  @inlinable
  public init<M: FreezableModel & ~Copyable>(_ make: @escaping ModelCodec.Maker<M>) {
    precision = M.precision
    learner = { byteCount throws(BPBError) in
      let session = LearningSession(try make(byteCount))
      return ModelLearner(
        learn: { session.learn($0) },
        snapshot: { () throws(BPBError) in try session.snapshot() },
        memory: { session.model.memoryBytes })
    }
    restorer = { snapshot throws(BPBError) in
      var reader = SnapshotReader(snapshot)
      let model = try (try make(0)).frozen(through: &reader)
      try Snapshots.check(unusedBytes: reader.unusedBytes)
      let session = FrozenSession(model)
      return ModelFrozen(
        score: { session.score($0, blockSize: $1) }, encode: { session.encode($0) },
        decode: { session.decode($0, byteCount: $1, unusedBytes: &$2) },
        likeliestBytes: { session.likeliestBytes(in: $0) },
        continuation: { session.continuation(of: $0, count: $1, choosing: $2) },
        memory: { session.model.memoryBytes })
    }
  }

  public func makeLearner(byteCount: Int) throws(BPBError) -> any Learner {
    try learner(byteCount)
  }

  public func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    try restorer(snapshot)
  }
}

/// Checks that snapshots and residuals share.
@usableFromInline
enum Snapshots {
  /// - Throws: `badData` unless the bytes left over are those that a decoder looks ahead.
  @usableFromInline
  static func check(unusedBytes: Int, of what: String = "snapshot") throws(BPBError) {
    guard unusedBytes >= 0 else {
      throw BPBError(.badData, "the \(what) ends before its last byte")
    }
    guard unusedBytes <= 8 else {
      throw BPBError(.badData, "the \(what) goes on after its last byte")
    }
  }
}

/// The unspecialised side of a learner, as closures.
@usableFromInline
final class ModelLearner: Learner {
  private let learner: (Span<UInt8>) -> Void
  private let writer: () throws(BPBError) -> [UInt8]
  private let memory: () -> Int

  @usableFromInline
  init(
    learn: @escaping (Span<UInt8>) -> Void, snapshot: @escaping () throws(BPBError) -> [UInt8],
    memory: @escaping () -> Int
  ) {
    learner = learn
    writer = snapshot
    self.memory = memory
  }

  @usableFromInline var memoryBytes: Int { memory() }
  @usableFromInline func learn(_ bytes: Span<UInt8>) { learner(bytes) }
  @usableFromInline func snapshot() throws(BPBError) -> [UInt8] { try writer() }
}

/// A model that learns, at one stable address.
@usableFromInline
final class LearningSession<M: FreezableModel & ~Copyable> {
  @usableFromInline var model: M

  @inlinable
  init(_ model: consuming M) { self.model = model }

  @inlinable
  func learn(_ bytes: Span<UInt8>) { Self.run(bytes, &model) }

  @inlinable
  func snapshot() throws(BPBError) -> [UInt8] {
    var coder = RangeEncoder()
    _ = try model.frozen(through: &coder)
    return coder.finished()
  }

  // Static, over an `inout` value: the class's property is accessed once a call, not once a byte. What
  // the bytes cost on the way is added up and dropped: a coder that does less would be one more body.
  @inlinable
  static func run(_ bytes: Span<UInt8>, _ model: inout M) {
    var length = IdealLength()
    for i in bytes.indices { _ = model.code(bytes[i], with: &length) }
  }
}
