import Synchronization

/// Frozen models of one kind for whoever needs one for a while: each is used from one thread at a time, and
/// what was made once, as from a file, is used again.
public final class FrozenModelPool: Sendable {
  private let make: @Sendable () throws(BPBError) -> any FrozenModel
  private let idle = Mutex<[Idle]>([])

  /// `@unchecked Sendable`: handed from thread to thread, and held by one of them or by the pool.
  private struct Idle: @unchecked Sendable {
    let model: any FrozenModel
  }

  /// A pool of what `make` makes, which is called when no model is idle.
  public init(_ make: @escaping @Sendable () throws(BPBError) -> any FrozenModel) {
    self.make = make
  }

  /// What `body` makes of a model that nobody else uses meanwhile.
  ///
  /// - Throws: what making a model throws, as `badData` for a file that is none; what `body` throws.
  public func withModel<Result>(
    _ body: (any FrozenModel) throws(BPBError) -> Result
  ) throws(BPBError) -> Result {
    let waiting = idle.withLock { $0.popLast() }
    let model = if let waiting { waiting.model } else { try make() }
    defer {
      let idleAgain = Idle(model: model)
      idle.withLock { $0.append(idleAgain) }
    }
    return try body(model)
  }

  /// A model for the caller alone.
  ///
  /// - Throws: what making a model throws.
  public func newModel() throws(BPBError) -> any FrozenModel { try make() }
}
