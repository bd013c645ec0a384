/// A codec that needs all of a block before it codes the first byte of it.
///
/// A coded block is the number of raw bytes (LEB128), which is framing, and what `encode` made of them; an empty
/// block is the number alone. Blocks are held in memory, raw and coded.
public protocol BlockCodec: Codec {
  /// The coded form of `block`, which is not empty, without the number of its bytes.
  ///
  /// - Parameter pause: to be called now and then in long work; what it throws ends the run.
  func encode(
    block: [UInt8], pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> CodedBlock

  /// The `byteCount` bytes, at least one, that `coded` stands for.
  ///
  /// Nothing may be allocated by `byteCount` alone, which comes from a file.
  /// - Parameter pause: as for `encode`.
  /// - Throws: `badData` for what no encoder wrote.
  func decode(
    coded: Span<UInt8>, byteCount: Int, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> DecodedBlock
}

/// A block that was encoded, and what that took.
public struct CodedBlock {
  /// Everything after the number of raw bytes.
  public var bytes: [UInt8]
  /// Of those: lengths, which would be there for a block of any content.
  public var framingBytes: Int
  /// Of those: a model that the decoder takes from the block.
  public var modelBytes: Int
  /// The most bytes that were allocated at a time, besides the block.
  public var memoryBytes: Int

  /// Creates a block; see the properties.
  public init(bytes: [UInt8], framingBytes: Int = 0, modelBytes: Int = 0, memoryBytes: Int) {
    self.bytes = bytes
    self.framingBytes = framingBytes
    self.modelBytes = modelBytes
    self.memoryBytes = memoryBytes
  }
}

/// A block that was decoded, and what that took.
public struct DecodedBlock {
  public var bytes: [UInt8]
  /// The most bytes that were allocated at a time, besides the coded block and `bytes`.
  public var memoryBytes: Int

  /// Creates a block; see the properties.
  public init(bytes: [UInt8], memoryBytes: Int) {
    self.bytes = bytes
    self.memoryBytes = memoryBytes
  }
}

extension BlockCodec {
  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    BlockEncoder(self, byteCount: byteCount)
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder { BlockDecoder(self) }
}

/// Codes a block when all of it is there.
private final class BlockEncoder: StreamCoder {
  private let codec: any BlockCodec
  private var count: ByteCountGuard
  private var block: [UInt8] = []
  private(set) var peakMemory = 0
  private(set) var framingBytes = 0
  private(set) var modelBytes = 0

  init(_ codec: any BlockCodec, byteCount: Int) {
    self.codec = codec
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
      let result = try codec.encode(block: block) { () throws(BPBError) in try PieceSize.pause(sink)
      }
      coded += result.bytes
      framingBytes += result.framingBytes
      modelBytes = result.modelBytes
      peakMemory = block.count + result.memoryBytes
    }
    peakMemory = max(peakMemory, block.count + coded.count)
    try PieceSize.handOut(coded.span, to: sink)
  }
}

/// Decodes a block when all of what it was coded as is there.
private final class BlockDecoder: StreamCoder {
  private let codec: any BlockCodec
  private var coded: [UInt8] = []
  private(set) var peakMemory = 0
  var framingBytes: Int { 0 }

  init(_ codec: any BlockCodec) { self.codec = codec }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) { coded.append(input) }

  func finish(to sink: ByteSink) throws(BPBError) {
    let bytes = coded
    peakMemory = bytes.count
    var position = 0
    guard let byteCount = LEB128.decode(bytes.span, at: &position) else {
      throw BPBError(.badData, "the coded block's length field makes no sense")
    }
    guard byteCount > 0 else {
      guard position == bytes.count else {
        throw BPBError(.badData, "the coded block goes on after its last byte")
      }
      return
    }
    let result = try codec.decode(
      coded: bytes.span.extracting(position...), byteCount: byteCount
    ) { () throws(BPBError) in try PieceSize.pause(sink) }
    peakMemory = bytes.count + result.bytes.count + result.memoryBytes
    let block = result.bytes
    try PieceSize.handOut(block.span, to: sink)
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

  /// Gives `sink` the chance to stop a long run: it gets no bytes.
  package static func pause(_ sink: ByteSink) throws(BPBError) { try sink([UInt8]().span) }
}
