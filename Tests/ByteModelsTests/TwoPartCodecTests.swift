import BPBCore
import ByteModels
import Testing
import _TestSupport

/// A model that learned from a block, sent along with it: what the two parts take is what is counted.
@Suite struct TwoPartCodecTests {
  private static func learning<let order: Int>(_: NGramModel<order>.Type) -> ModelLearning {
    ModelLearning { byteCount throws(BPBError) in
      try NGramModel<order>(memory: 1 << 16, byteCount: byteCount)
    }
  }

  private let learning = learning(NGramModel<2>.self)
  private let text = HostileInputs.all.first { $0.name == "text" }!.bytes

  @Test func itGivesBackWhatItWasGiven() {
    #expect(CodecChecker(TwoPartCodec(learning), named: "two-part").roundTripFailures() == [])
  }

  @Test func everyPartIsCharged() throws {
    let codec = TwoPartCodec(learning)
    let encoder = try codec.makeEncoder(byteCount: text.count)
    var coded: [UInt8] = []
    try encoder.push(text.span) { coded.append($0) }
    try encoder.finish { coded.append($0) }
    let learner = try learning.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    let snapshot = try learner.snapshot()
    let residual = try learning.restore(snapshot.span).encode(text.span)
    // 4500 raw bytes take two bytes of LEB128, and so does the snapshot's length.
    #expect(snapshot.count >= 128 && encoder.framingBytes == 4)
    #expect(coded.count == 4 + snapshot.count + residual.count)
    #expect(coded.suffix(residual.count) == residual[...])
    #expect(encoder.peakMemory > text.count + learner.memoryBytes)
  }

  /// A block that announces more than there can be ends with a sentence, without memory for all of it.
  @Test func anImpossibleLengthIsRefused() throws {
    var coded = try TwoPartCodec(learning).encode(text.span)
    coded.replaceSubrange(0..<2, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
    let error = #expect(throws: BPBError.self) {
      try TwoPartCodec(learning).decode(coded.span, limit: .max)
    }
    #expect(error?.code == .badData)
  }
}
