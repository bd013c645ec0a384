/// What a model learns of a block, and the block coded by the model thus known: any learning method as an
/// honest codec, whose parameters are charged like every other byte.
///
/// The two-part code of Rissanen (1978), made of real bytes. A coded block is the number of raw bytes and
/// that of the model (LEB128 each, the framing), the model, and the residual; an empty block is the
/// first number alone. The encoder uses the model as the decoder will have it, restored from its bytes.
public struct TwoPartCodec: BlockCodec {
  /// A model as bytes, and what making it took.
  typealias Described = (bytes: [UInt8], memoryBytes: Int)

  let describe: @Sendable ([UInt8], () throws(BPBError) -> Void) throws(BPBError) -> Described
  let restore: @Sendable (Span<UInt8>) throws(BPBError) -> any FrozenModel
  private let writer: @Sendable (_ byteCount: Int) throws(BPBError) -> any TextWriter

  /// A codec whose blocks each carry the model that `learning` makes of them: of all of a block, as a snapshot.
  public init(_ learning: any LearningMethod) {
    describe = { block, pause throws(BPBError) in
      let learner = try learning.makeLearner(byteCount: block.count)
      learner.learn(block.span)
      let snapshot = try learner.snapshot(pause: pause)
      return (snapshot, snapshot.count + learner.memoryBytes)
    }
    restore = { snapshot throws(BPBError) in try learning.restore(snapshot) }
    writer = { byteCount throws(BPBError) in
      try LearningWriter(learning, byteCount: byteCount)
    }
  }

  /// A codec whose blocks each carry the same model, which learned something else before.
  ///
  /// - Parameters:
  ///   - model: the model as bytes, as those of its file; called for each block.
  ///   - restore: the model that such bytes describe, `badData` for others.
  public init(
    carrying model: @escaping @Sendable () throws(BPBError) -> [UInt8],
    restore: @escaping @Sendable (Span<UInt8>) throws(BPBError) -> any FrozenModel
  ) {
    describe = { _, _ throws(BPBError) in
      let bytes = try model()
      return (bytes, bytes.count)
    }
    self.restore = restore
    writer = { _ in
      FrozenWriter { () throws(BPBError) in
        let bytes = try model()
        return try restore(bytes.span)
      }
    }
  }

  public func encode(
    block: [UInt8], pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> CodedBlock {
    let described = try describe(block, pause)
    let length = LEB128.encode(described.bytes.count)
    let model = try restore(described.bytes.span)
    try pause()
    let residual = model.encode(block.span)
    let coded = length + described.bytes + residual
    return CodedBlock(
      bytes: coded, framingBytes: length.count, modelBytes: described.bytes.count,
      memoryBytes: max(described.memoryBytes, coded.count + model.memoryBytes))
  }

  public func decode(
    coded: Span<UInt8>, byteCount: Int, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> DecodedBlock {
    var position = 0
    guard let count = LEB128.decode(coded, at: &position) else {
      throw BPBError(.badData, "the length field of the coded block's model makes no sense")
    }
    guard count <= coded.count - position else {
      throw BPBError(.badData, "the coded block ends inside its model")
    }
    let end = position + count
    let model = try restore(coded.extracting(position..<end))
    try pause()
    let block = try model.decode(coded.extracting(end...), byteCount: byteCount)
    return DecodedBlock(bytes: block, memoryBytes: model.memoryBytes)
  }

  public func makeWriter(byteCount: Int) throws(BPBError) -> (any TextWriter)? {
    try writer(byteCount)
  }
}
