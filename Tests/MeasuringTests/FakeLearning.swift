import BPBCore
import Measuring
import RunRecords

/// A "model" that learns how often each byte came and holds the counts of the first bytes; its residual is
/// the text itself.
struct FakeLearning: LearningMethod {
  /// What a restored model does wrong.
  enum Damage: Sendable { case none, decodesOtherBytes, doesNotRestore }

  var damage = Damage.none
  let precision = "bytes as they are"

  func makeLearner(byteCount: Int) throws(BPBError) -> any Learner { FakeLearner() }

  func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    if damage == .doesNotRestore { throw BPBError(.badData, "is no snapshot") }
    return FakeFrozen(likeliest: snapshot[0], flips: damage == .decodesOtherBytes)
  }
}

private final class FakeLearner: Learner {
  private var last: UInt8 = 0
  private var seen = 0
  let memoryBytes = 1

  func learn(_ bytes: Span<UInt8>) {
    seen += bytes.count
    if bytes.count > 0 { last = bytes[bytes.count - 1] }
  }

  /// The last byte and one byte for every 1000 seen.
  func snapshot() -> [UInt8] { [last] + [UInt8](repeating: 0, count: seen / 1000) }
}

private final class FakeFrozen: FrozenModel {
  private let likeliest: UInt8
  private let flips: Bool
  let memoryBytes = 1

  init(likeliest: UInt8, flips: Bool) {
    self.likeliest = likeliest
    self.flips = flips
  }

  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] {
    stride(from: 0, to: text.count, by: blockSize).map {
      8 * Double(min(blockSize, text.count - $0))
    }
  }
  func encode(_ text: Span<UInt8>) -> [UInt8] { text.indices.map { text[$0] } }
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] {
    residual.indices.map { residual[$0] ^ (flips && $0 == byteCount / 2 ? 1 : 0) }
  }
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] {
    [UInt8](repeating: likeliest, count: text.count)
  }
  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8?
  ) -> [UInt8] {
    let sure = (0..<256).map { $0 == Int(likeliest) ? UInt32(1) << 24 : 1 }
    var chosen: [UInt8] = []
    while chosen.count < count, let byte = choose(sure.span) { chosen.append(byte) }
    return chosen
  }
}

/// A codec that knows the size of every prefix: 10 bytes, and a tenth of what it is given.
struct FakeAdaptiveCodec: Codec {
  let givesPrefixSizes = true

  func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder { Coder(isEncoder: true) }
  func makeDecoder() throws(BPBError) -> any StreamCoder { Coder(isEncoder: false) }

  private final class Coder: StreamCoder {
    let isEncoder: Bool
    private var seen = 0
    let peakMemory = 1
    let framingBytes = 0
    init(isEncoder: Bool) { self.isEncoder = isEncoder }

    var byteCountIfFinished: Int? { isEncoder ? 10 + seen / 10 : nil }

    func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
      seen += input.count
      try sink(input)
    }
    func finish(to sink: ByteSink) throws(BPBError) {}
  }
}

/// A plan over `count` bytes that count up, the last `heldOut` of them held out.
func fakePlan(
  count: Int, heldOut: Int = 0, windows: [ScaleRecord.Window]? = nil, methods: [Method]
) -> ScalePlan {
  let training = count - heldOut
  let record = ScaleRecord(
    seed: 1, pointsPerDecade: 4, stream: "stream", bytes: count, trainingBytes: training,
    heldOutBytes: heldOut, heldOut: "held out", blockSize: 4096, segments: [],
    sizes: ScaleSizes.sizes(trainingBytes: training, bytes: count, pointsPerDecade: 4),
    windows: windows ?? [.init(start: 0, bytes: count)], overlap: nil, source: nil, selfCheck: [])
  let stream = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
  return ScalePlan(stream: stream, record: record, methods: methods)
}
