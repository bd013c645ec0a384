public import BPBCore

/// The hot side of `LearningMethod`: a model that can also be used as it is, learning nothing more.
///
/// Generic only, never `any`, as `ByteModel` is. What it learned is a list of parameters that it passes
/// through a coder in one body, `frozen(through:)`: an ideal length measures them, an encoder writes
/// them and a decoder reads them, so that the three cannot disagree.
public protocol FreezableModel: ByteModel, ~Copyable {
  /// In which numbers `frozen(through:)` passes what was learned, as one clause.
  static var precision: String { get }

  /// The model that a reader of the coder's output gets: the parameters at the precision they are passed
  /// in, and no context. The model itself does not change and may go on learning.
  ///
  /// With a decoder it is called on a fresh model, which is only asked for its limits: every size and
  /// every parameter comes from the coder.
  ///
  /// - Throws: `badData` for what no encoder wrote; `methodFailed` when there is no memory. It must
  ///   neither trap nor run on for any bytes: whoever loops as often as a decoded number says looks at
  ///   `SymbolCoder.isExhausted`.
  borrowing func frozen<C: SymbolCoder & ~Copyable>(
    through coder: inout C
  ) throws(BPBError) -> Self

  /// Codes `byte`, or whatever the coder says was coded, and learns nothing: only the context moves on.
  ///
  /// - Returns: the byte that was coded.
  mutating func codeFrozen<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8

  /// Moves the context on past `byte` and learns nothing.
  mutating func advance(past byte: UInt8)

  /// Begins a stream: no byte came before the next one.
  mutating func forgetContext()

  /// The byte of the highest frequency in what `fillDistribution` would fill; of equal ones the lowest.
  /// Does not advance.
  mutating func likeliestByte() -> UInt8

  /// Fills `next` with the distribution that `codeFrozen` codes the next byte under, as exactly as parts
  /// of 2^24 can. Does not advance.
  mutating func fillDistribution(_ next: inout ByteDistribution)
}

extension FreezableModel where Self: ~Copyable {
  @inlinable
  public mutating func advance(past byte: UInt8) {
    var coder = IdealLength()
    _ = codeFrozen(byte, with: &coder)
  }

  @inlinable
  public mutating func likeliestByte() -> UInt8 {
    var next = ByteDistribution()
    fillDistribution(&next)
    return next.likeliest
  }
}

/// What a model that predicts a whole distribution need not write: it brings `frozen(through:)`,
/// `advance(past:)` and `forgetContext`, and its `predict` reads what was learned without changing it.
extension FreezableModel where Self: DistributionModel & ~Copyable {
  @inlinable
  public mutating func codeFrozen<C: SymbolCoder & ~Copyable>(
    _ byte: UInt8, with coder: inout C
  ) -> UInt8 {
    predict()
    let coded = coder.code(byte: byte, under: next)
    advance(past: coded)
    return coded
  }

  @inlinable
  public mutating func likeliestByte() -> UInt8 {
    predict()
    return next.likeliest
  }

  @inlinable
  public mutating func fillDistribution(_ next: inout ByteDistribution) {
    predict()
    next.fill { frequencies in
      for i in 0..<256 { frequencies[i] = self.next[UInt8(i)] }
    }
  }
}
