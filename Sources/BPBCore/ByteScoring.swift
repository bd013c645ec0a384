/// A codec that can say what each byte costs it: one that predicts bytes, as opposed to one that replaces stretches of
/// text by references, where no byte has a length of its own.
public protocol ByteScoring: Codec {
  /// What a block of exactly the bytes `block` costs, byte by byte.
  ///
  /// - Parameter pause: called now and then in long work; what it throws ends it.
  /// - Throws: `methodFailed` when there is no memory; whatever `pause` throws.
  func byteLengths(
    of block: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> ByteLengths
}

/// A block's code length, taken apart: so many bits for each byte, and what is sent besides.
///
/// The bits are -log2 p of the byte that came, given those that the coder knew before it (Shannon, 1948), in the very
/// integers that it codes by. Their sum is what a range coder sends, but for the few bytes by which it ends and less
/// than 2^-10 of a bit for each byte.
public struct ByteLengths: Sendable, Equatable {
  /// Of each byte of the block, in its order.
  public var bits: [Double]
  /// Bytes of a model that the block carries for its decoder; 0 where there is none.
  public var modelBytes: Int

  /// Creates lengths; see the properties.
  public init(bits: [Double], modelBytes: Int = 0) {
    self.bits = bits
    self.modelBytes = modelBytes
  }
}

extension FrozenCodec: ByteScoring {
  public func byteLengths(
    of block: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> ByteLengths {
    try models.withModel { model throws(BPBError) in
      ByteLengths(bits: model.score(block, blockSize: 1))
    }
  }
}

extension TwoPartCodec: ByteScoring {
  /// The bits are those of the residual: what the model holds is told by its bytes alone.
  public func byteLengths(
    of block: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> ByteLengths {
    guard !block.isEmpty else { return ByteLengths(bits: []) }
    var bytes: [UInt8] = []
    bytes.append(block)
    let described = try describe(bytes, pause)
    let model = try restore(described.bytes.span)
    try pause()
    return ByteLengths(
      bits: model.score(block, blockSize: 1), modelBytes: described.bytes.count)
  }
}
