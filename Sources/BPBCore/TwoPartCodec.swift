/// What a model learns of a block, and the block coded by the model thus known: any learning method as an
/// honest codec, whose parameters are charged like every other byte.
///
/// The two-part code of Rissanen (1978), made of real bytes. A coded block is the number of raw bytes and
/// that of the snapshot (LEB128 each, the framing), the snapshot, and the residual; an empty block is the
/// first number alone. The encoder uses the model as the decoder will have it, restored from the snapshot.
/// Learning needs all of a block before its first byte is coded, so each is held in memory.
public struct TwoPartCodec: Codec {
  private let learning: any LearningMethod

  /// A codec whose blocks each carry the model that `learning` makes of them.
  public init(_ learning: any LearningMethod) { self.learning = learning }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    TwoPartEncoder(learning, byteCount: byteCount)
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder { TwoPartDecoder(learning) }
}

/// Learns a block when all of it is there.
private final class TwoPartEncoder: StreamCoder {
  private let learning: any LearningMethod
  private var count: ByteCountGuard
  private var block: [UInt8] = []
  private(set) var peakMemory = 0
  private(set) var framingBytes = 0

  init(_ learning: any LearningMethod, byteCount: Int) {
    self.learning = learning
    count = ByteCountGuard(byteCount: byteCount)
  }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    try count.take(input.count)
    block.append(input)
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    try count.finish()
    var coded = LEB128.encode(block.count)
    framingBytes = coded.count
    if !block.isEmpty {
      let snapshot = try learnedSnapshot()
      let length = LEB128.encode(snapshot.count)
      framingBytes += length.count
      coded += length + snapshot
      let model = try learning.restore(snapshot.span)
      coded += model.encode(block.span)
      note(coded.count + model.memoryBytes)
    }
    note(coded.count)
    try PieceSize.handOut(coded.span, to: sink)
  }

  private func learnedSnapshot() throws(BPBError) -> [UInt8] {
    let learner = try learning.makeLearner(byteCount: block.count)
    learner.learn(block.span)
    let snapshot = try learner.snapshot()
    note(snapshot.count + learner.memoryBytes)
    return snapshot
  }

  private func note(_ byteCount: Int) { peakMemory = max(peakMemory, block.count + byteCount) }
}

/// Restores the model and decodes by it when all of a coded block is there.
private final class TwoPartDecoder: StreamCoder {
  private let learning: any LearningMethod
  private var coded: [UInt8] = []
  private(set) var peakMemory = 0
  var framingBytes: Int { 0 }

  init(_ learning: any LearningMethod) { self.learning = learning }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) { coded.append(input) }

  func finish(to sink: ByteSink) throws(BPBError) {
    peakMemory = coded.count
    var position = 0
    guard let byteCount = LEB128.decode(coded.span, at: &position) else {
      throw BPBError(.badData, "the coded block's length field makes no sense")
    }
    let block = byteCount == 0 ? [] : try restored(byteCount, at: &position)
    guard byteCount > 0 || position == coded.count else {
      throw BPBError(.badData, "the coded block goes on after its last byte")
    }
    try PieceSize.handOut(block.span, to: sink)
  }

  private func restored(_ byteCount: Int, at position: inout Int) throws(BPBError) -> [UInt8] {
    guard let snapshotCount = LEB128.decode(coded.span, at: &position) else {
      throw BPBError(.badData, "the length field of the coded block's model makes no sense")
    }
    guard snapshotCount <= coded.count - position else {
      throw BPBError(.badData, "the coded block ends inside its model")
    }
    let end = position + snapshotCount
    let bytes = coded
    let model = try learning.restore(bytes.span.extracting(position..<end))
    let block = try model.decode(bytes.span.extracting(end...), byteCount: byteCount)
    peakMemory = coded.count + model.memoryBytes + block.count
    return block
  }
}

/// How much coders that have everything ready hand out at a time.
package enum PieceSize {
  private static let mostBytes = 1 << 16

  /// Hands `bytes` to `sink`, 64 KiB at a time.
  package static func handOut(_ bytes: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    for start in stride(from: 0, to: bytes.count, by: mostBytes) {
      try sink(bytes.extracting(start..<min(start + mostBytes, bytes.count)))
    }
  }
}
