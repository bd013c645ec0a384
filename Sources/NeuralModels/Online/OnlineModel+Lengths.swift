package import BPBCore
import ByteModels

extension OnlineModel {
  /// Ideal length in bits of each byte of `text`, which has `byteCount` bytes, in its order: streams are coded side by
  /// side, one byte of each at a time.
  ///
  /// - Parameter pause: as for `code`.
  func byteLengths(
    of text: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> [Double] {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(text.count, 1))
    defer { copy.deallocate() }
    for index in text.indices { copy[index] = text[index] }
    var recorder = ByteLengthRecorder()
    _ = try code(copy, with: &recorder) { _ throws(BPBError) in try pause() }
    var bits = Array(repeating: 0.0, count: text.count)
    var coded = recorder.bits.makeIterator()
    for place in 0..<length {
      for stream in 0..<shape.streams where isThere(stream, place) {
        bits[stream * length + place] = coded.next()!
      }
    }
    return bits
  }
}

extension OnlineCodec: ByteScoring {
  package func byteLengths(
    of block: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> ByteLengths {
    guard !block.isEmpty else { return ByteLengths(bits: []) }
    let model = try NeuralRuntime.current.onlineModel(shape, byteCount: block.count)
    return ByteLengths(bits: try model.byteLengths(of: block, pause: pause))
  }
}
