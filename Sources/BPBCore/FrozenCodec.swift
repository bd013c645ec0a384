/// Blocks coded by a model that was frozen before: the residual alone, for a decoder that has the same
/// model. Whoever compares sizes has to charge the model besides; see `Method.modelBytes`.
///
/// A coded block is the number of raw bytes (LEB128, the framing) and the residual. A frozen model codes a
/// stream as a whole, so each block is held in memory.
public struct FrozenCodec: Codec {
  private let models: FrozenModelPool

  /// A codec whose every block is a stream of its own under one of `models`, which are all alike.
  public init(_ models: FrozenModelPool) { self.models = models }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    FrozenEncoder(models, byteCount: byteCount)
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder { FrozenDecoder(models) }
}

/// Codes a block when all of it is there.
private final class FrozenEncoder: StreamCoder {
  private let models: FrozenModelPool
  private var count: ByteCountGuard
  private var block: [UInt8] = []
  private(set) var peakMemory = 0
  private(set) var framingBytes = 0

  init(_ models: FrozenModelPool, byteCount: Int) {
    self.models = models
    count = ByteCountGuard(byteCount: byteCount)
  }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    try count.take(input.count)
    block.append(input)
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    try count.finish()
    let bytes = block
    let length = LEB128.encode(bytes.count)
    framingBytes = length.count
    let (residual, memory) = try models.withModel { model throws(BPBError) in
      (bytes.isEmpty ? [] : model.encode(bytes.span), model.memoryBytes)
    }
    peakMemory = bytes.count + residual.count + memory
    let coded = length + residual
    try PieceSize.handOut(coded.span, to: sink)
  }
}

/// Decodes a block when all of what it was coded as is there.
private final class FrozenDecoder: StreamCoder {
  private let models: FrozenModelPool
  private var coded: [UInt8] = []
  private(set) var peakMemory = 0
  var framingBytes: Int { 0 }

  init(_ models: FrozenModelPool) { self.models = models }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) { coded.append(input) }

  func finish(to sink: ByteSink) throws(BPBError) {
    let bytes = coded
    var position = 0
    guard let byteCount = LEB128.decode(bytes.span, at: &position) else {
      throw BPBError(.badData, "the coded block's length field makes no sense")
    }
    guard byteCount > 0 || position == bytes.count else {
      throw BPBError(.badData, "the coded block goes on after its last byte")
    }
    let (block, memory) = try models.withModel { model throws(BPBError) in
      (
        byteCount == 0
          ? [] : try model.decode(bytes.span.extracting(position...), byteCount: byteCount),
        model.memoryBytes
      )
    }
    peakMemory = bytes.count + block.count + memory
    try PieceSize.handOut(block.span, to: sink)
  }
}
