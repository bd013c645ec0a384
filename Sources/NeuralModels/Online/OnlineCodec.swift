package import BPBCore
import ByteModels

/// A network that learns while it codes, as a codec; see `OnlineShape`.
///
/// A coded block is the number of raw bytes (LEB128, the framing) and a range coder's bytes. A block is coded as a whole, so each
/// is held in memory. Kernels and threads change no bit of it.
package struct OnlineCodec: Codec {
  private let shape: OnlineShape

  init(_ shape: OnlineShape) { self.shape = shape }

  package func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    OnlineEncoder(shape, byteCount: byteCount)
  }

  package func makeDecoder() throws(BPBError) -> any StreamCoder { OnlineDecoder(shape) }
}

/// Codes a block when all of it is there.
private final class OnlineEncoder: StreamCoder {
  private let shape: OnlineShape
  private var count: ByteCountGuard
  private var block: [UInt8] = []
  private(set) var peakMemory = 0
  private(set) var framingBytes = 0

  init(_ shape: OnlineShape, byteCount: Int) {
    self.shape = shape
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
    if !block.isEmpty { coded += try residual(sink) }
    peakMemory = max(peakMemory, block.count + coded.count)
    try PieceSize.handOut(coded.span, to: sink)
  }

  private func residual(_ sink: ByteSink) throws(BPBError) -> [UInt8] {
    let model = try NeuralRuntime.current.onlineModel(shape, byteCount: block.count)
    peakMemory = model.memoryBytes + block.count
    // An empty piece now and then is the sink's chance to stop a long run.
    return try model.encoded(block) { _ throws(BPBError) in try sink([UInt8]().span) }
  }
}

/// Decodes a block when all of what it was coded as is there.
private final class OnlineDecoder: StreamCoder {
  /// More than any of these coders has ever compressed: a block that announces more is not one.
  private static let mostRatio = 1 << 16
  private let shape: OnlineShape
  private var coded: [UInt8] = []
  private(set) var peakMemory = 0
  var framingBytes: Int { 0 }

  init(_ shape: OnlineShape) { self.shape = shape }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) { coded.append(input) }

  func finish(to sink: ByteSink) throws(BPBError) {
    peakMemory = coded.count
    let bytes = coded
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
    guard byteCount / Self.mostRatio <= bytes.count else {
      throw BPBError(.badData, "the coded block ends before its last byte")
    }
    let block = try decode(bytes.span.extracting(position...), byteCount: byteCount, sink)
    try PieceSize.handOut(block.span, to: sink)
  }

  private func decode(
    _ residual: Span<UInt8>, byteCount: Int, _ sink: ByteSink
  ) throws(BPBError) -> [UInt8] {
    let model = try NeuralRuntime.current.onlineModel(shape, byteCount: byteCount)
    peakMemory = model.memoryBytes + byteCount + residual.count
    var coder = RangeDecoder()
    coder.append(residual)
    coder.endInput()
    coder.start()
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCount)
    text.initialize(repeating: 0, count: byteCount)
    defer { text.deallocate() }
    try model.code(text, with: &coder) { _ throws(BPBError) in try sink([UInt8]().span) }
    try coder.checkEnd(of: "coded block", isWhole: true)
    return Array(UnsafeBufferPointer(start: text, count: byteCount))
  }
}
