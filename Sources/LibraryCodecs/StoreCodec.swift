public import BPBCore

/// The floor of every table: bytes copied as they are, 8 bits per byte exactly.
public struct StoreCodec: Codec {
  /// Creates the codec; there is nothing to choose.
  public init() {}

  public func makeEncoder(byteCount: Int) -> any StreamCoder {
    StoreStream(count: ByteCountGuard(byteCount: byteCount))
  }

  public func makeDecoder() -> any StreamCoder { StoreStream(count: nil) }
}

extension StoreCodec: ByteScoring {
  public func byteLengths(
    of block: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) -> ByteLengths {
    ByteLengths(bits: Array(repeating: 8, count: block.count))
  }
}

extension StoreCodec {
  static let family = MethodFamily(
    name: "store", kind: .floor, summary: "bytes as they are: 8 bits per byte", parameters: [],
    version: { nil }
  ) { _ in
    Method(
      name: "", version: nil, codec: StoreCodec(), memory: MemoryNeed(encoder: 0, decoder: 0),
      expectedSpeed: 5e9, decoderBytes: 0)
  }
}

/// Hands on what it is given; an encoder counts it too.
private final class StoreStream: StreamCoder {
  private static let pieceSize = 1 << 16
  private var count: ByteCountGuard?

  init(count: ByteCountGuard?) { self.count = count }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    try count?.take(input.count)
    for start in stride(from: 0, to: input.count, by: Self.pieceSize) {
      try sink(input.extracting(start..<min(start + Self.pieceSize, input.count)))
    }
  }

  func finish(to sink: ByteSink) throws(BPBError) { try count?.finish() }

  var peakMemory: Int { 0 }

  var framingBytes: Int { 0 }
}
