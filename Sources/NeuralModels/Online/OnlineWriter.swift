import BPBCore
import ByteModels

/// Goes through a text with a network that learns on the way, and writes on as it goes on learning.
///
/// What is written is the end of the last stream; beside it the others go on with what is known.
final class OnlineWriter: TextWriter {
  private let shape: OnlineShape
  private var text: [UInt8] = []
  let learns = true

  init(_ shape: OnlineShape) { self.shape = shape }

  func learn(_ bytes: Span<UInt8>) { text.append(bytes) }

  func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError) {
    text.append(prompt)
    let (given, total) = (text.count, text.count + count)
    let shape = shape.fitted(to: total, writing: count)
    let model = try NeuralRuntime.current.onlineModel(shape, byteCount: total)
    let place = UnsafeMutablePointer<UInt8>.allocate(capacity: max(total, 1))
    defer { place.deallocate() }
    place.initialize(repeating: 0, count: max(total, 1))
    for (index, byte) in text.enumerated() { place[index] = byte }
    var coder = Sampler(sampling)
    _ = try model.code(place, given: given, with: &coder) { _ throws(BPBError) in
      try PieceSize.pause(sink)
    }
    let written = UnsafeBufferPointer(start: place + given, count: count)
    try PieceSize.handOut(written.span, to: sink)
  }
}

extension OnlineShape {
  /// The same for a text of `byteCount` bytes whose last `count` are not known yet: no stream may begin among
  /// these, since what comes before it would not be there.
  func fitted(to byteCount: Int, writing count: Int) -> OnlineShape {
    var shape = fitted(to: byteCount)
    while shape.streams > 1 {
      let length = (byteCount + shape.streams - 1) / shape.streams
      if (shape.streams - 1) * length <= byteCount - count { break }
      shape.streams = (shape.streams + 1) / 2
    }
    return shape
  }
}
