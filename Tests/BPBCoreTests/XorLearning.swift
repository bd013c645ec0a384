import BPBCore

/// A "model" that learns the last byte it saw; its residual is the text, each byte XORed with that one.
struct XorLearning: LearningMethod {
  let precision = "one byte"

  func makeLearner(byteCount: Int) -> any Learner { XorLearner() }

  func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    guard snapshot.count == 1 else { throw BPBError(.badData, "the snapshot is not one byte") }
    return XorModel(mask: snapshot[0])
  }
}

private final class XorLearner: Learner {
  private var last: UInt8 = 0
  let memoryBytes = 1

  func learn(_ bytes: Span<UInt8>) { if bytes.count > 0 { last = bytes[bytes.count - 1] } }
  func snapshot() -> [UInt8] { [last] }
}

private final class XorModel: FrozenModel {
  private let mask: UInt8
  let memoryBytes = 1

  init(mask: UInt8) { self.mask = mask }

  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] {
    stride(from: 0, to: text.count, by: blockSize).map {
      8 * Double(min(blockSize, text.count - $0))
    }
  }
  func encode(_ text: Span<UInt8>) -> [UInt8] { text.indices.map { text[$0] ^ mask } }
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] {
    guard residual.count == byteCount else { throw BPBError(.badData, "the residual is cut") }
    return encode(residual)
  }
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] {
    [UInt8](repeating: mask, count: text.count)
  }
  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8] {
    let sure = (0..<256).map { $0 == Int(mask) ? UInt32(1) << 24 : 1 }
    var chosen: [UInt8] = []
    while chosen.count < count, let byte = choose(sure.span) { chosen.append(byte) }
    return chosen
  }
}
