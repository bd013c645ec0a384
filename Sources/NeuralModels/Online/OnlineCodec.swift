package import BPBCore
import ByteModels

/// A network that learns while it codes, as a codec; see `OnlineShape`.
///
/// A coded block is the number of raw bytes (LEB128, the framing) and a range coder's bytes. Kernels and threads change
/// no bit of it.
package struct OnlineCodec: BlockCodec {
  /// More than any of these coders has ever compressed: a block that announces more is not one.
  private static let mostRatio = 1 << 16
  let shape: OnlineShape

  init(_ shape: OnlineShape) { self.shape = shape }

  package func encode(
    block: [UInt8], pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> CodedBlock {
    let model = try NeuralRuntime.current.onlineModel(shape, byteCount: block.count)
    let coded = try model.encoded(block) { _ throws(BPBError) in try pause() }
    return CodedBlock(bytes: coded, memoryBytes: model.memoryBytes + coded.count)
  }

  package func decode(
    coded: Span<UInt8>, byteCount: Int, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> DecodedBlock {
    guard byteCount / Self.mostRatio <= coded.count else {
      throw BPBError(.badData, "the coded block ends before its last byte")
    }
    let model = try NeuralRuntime.current.onlineModel(shape, byteCount: byteCount)
    var coder = RangeDecoder()
    coder.append(coded)
    coder.endInput()
    coder.start()
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCount)
    text.initialize(repeating: 0, count: byteCount)
    defer { text.deallocate() }
    let isWhole = try model.code(text, with: &coder) { _ throws(BPBError) in try pause() }
    try coder.checkEnd(of: "coded block", isWhole: isWhole)
    return DecodedBlock(
      bytes: Array(UnsafeBufferPointer(start: text, count: byteCount)),
      memoryBytes: model.memoryBytes)
  }

  package func makeWriter(byteCount: Int) -> (any TextWriter)? { OnlineWriter(shape) }
}
