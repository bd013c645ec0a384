/// Blocks coded by a model that was frozen before: the residual alone, for a decoder that has the same
/// model. Whoever compares sizes has to charge the model besides; see `Method.modelBytes`.
///
/// A coded block is the number of raw bytes (LEB128, the framing) and the residual.
public struct FrozenCodec: BlockCodec {
  let models: FrozenModelPool

  /// A codec whose every block is a stream of its own under one of `models`, which are all alike.
  public init(_ models: FrozenModelPool) { self.models = models }

  public func encode(
    block: [UInt8], pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> CodedBlock {
    try models.withModel { model throws(BPBError) in
      let residual = model.encode(block.span)
      return CodedBlock(bytes: residual, memoryBytes: residual.count + model.memoryBytes)
    }
  }

  public func decode(
    coded: Span<UInt8>, byteCount: Int, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> DecodedBlock {
    try models.withModel { model throws(BPBError) in
      let block = try model.decode(coded, byteCount: byteCount)
      return DecodedBlock(bytes: block, memoryBytes: model.memoryBytes)
    }
  }

  public func makeWriter(byteCount: Int) -> (any TextWriter)? {
    FrozenWriter { [models] () throws(BPBError) in try models.newModel() }
  }
}
