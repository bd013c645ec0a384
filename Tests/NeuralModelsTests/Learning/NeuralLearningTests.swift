import BPBCore
import Testing
import _TestSupport

@testable import NeuralModels

/// A network that is trained on a block, frozen, and sent along with what it codes.
@Suite(.serialized) struct NeuralLearningTests {
  private static let text = Array(TrainerTests.text.prefix(700))

  private static func learning(_ architecture: String, steps: Int? = 3) throws -> NeuralLearning {
    NeuralLearning(try Architecture(parsing: architecture), steps: steps)
  }

  @Test(arguments: TrainerTests.architectures)
  func itIsAnHonestLearner(architecture: String) throws {
    let learning = try Self.learning(architecture)
    let checker = LearningChecker(learning)
    let some = Array(Self.text.prefix(200))
    #expect(checker.failures(training: Self.text, text: some, named: "text") == [])
    #expect(checker.failures(training: [], text: some, named: "nothing") == [])
    #expect(checker.failures(training: [7], text: [9, 7], named: "a byte") == [])
    #expect(checker.damageFailures(training: some, flips: 40) == [])
    #expect(checker.useFailures([]) == [])
    #expect(checker.useFailures([UInt8](repeating: 0xFF, count: 3000)) == [])
  }

  @Test(arguments: TrainerTests.architectures)
  func textsComeBackAsWeightsAndResidual(architecture: String) throws {
    let codec = TwoPartCodec(try Self.learning(architecture))
    for count in [0, 1, 2, 5, 30, 300] {
      let text = Array(Self.text.prefix(count))
      let coded = try codec.encode(text.span)
      #expect(try codec.decode(coded.span, limit: count) == text, "\(count) bytes")
    }
  }

  @Test func everyPartIsCharged() throws {
    let learning = try Self.learning(TrainerTests.architectures[0], steps: 60)
    let encoder = try TwoPartCodec(learning).makeEncoder(byteCount: Self.text.count)
    var coded: [UInt8] = []
    try encoder.push(Self.text.span) { coded.append($0) }
    try encoder.finish { coded.append($0) }
    let learner = try learning.makeLearner(byteCount: Self.text.count)
    learner.learn(Self.text.span)
    let snapshot = try learner.snapshot()
    #expect(encoder.modelBytes == snapshot.count && encoder.framingBytes == 4)
    let residual = try learning.restore(snapshot.span).encode(Self.text.span)
    #expect(coded.count == 4 + snapshot.count + residual.count)
    // It learned: an untrained network pays 8 bits a byte.
    #expect(8 * residual.count < 5 * Self.text.count)
    #expect(encoder.peakMemory > Self.text.count + coded.count)
  }

  @Test func moreBitsAreMoreBytesAndFewerErrors() throws {
    var sizes: [Int] = []
    var losses: [Double] = []
    for bits in [0, NeuralLearning.usualBits, 23] {
      var learning = try Self.learning(TrainerTests.architectures[0], steps: 60)
      learning.bits = bits
      let learner = try learning.makeLearner(byteCount: Self.text.count)
      learner.learn(Self.text.span)
      let snapshot = try learner.snapshot()
      sizes.append(snapshot.count)
      losses.append(
        try learning.restore(snapshot.span).score(Self.text.span, blockSize: .max)[0])
    }
    #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2])
    #expect(losses[0] > losses[1] && losses[1] < losses[2] * 1.05)
  }

  /// Weights, and so every coded byte, depend on neither kernels nor threads.
  @Test func theMachineChangesNoBit() throws {
    let before = NeuralRuntime.current
    defer { NeuralRuntime.current = before }
    let codec = TwoPartCodec(try Self.learning(TrainerTests.architectures[0]))
    var all: Set<[UInt8]> = []
    for (name, threads) in [("portable", 1), ("portable", 2)]
      + Kernels.allNames.map({ ($0, 2) })
    {
      guard let kernels = Kernels(named: name) else { continue }
      NeuralRuntime.current = NeuralRuntime(kernels: kernels, threads: threads)
      let coded = try codec.encode(Self.text.span)
      #expect(try codec.decode(coded.span, limit: Self.text.count) == Self.text)
      all.insert(coded)
    }
    #expect(all.count == 1)
  }

  @Test func aBlockThatLiesIsRefused() throws {
    let codec = TwoPartCodec(try Self.learning(TrainerTests.architectures[0]))
    let coded = try codec.encode(Self.text.span)
    var position = 0
    _ = LEB128.decode(coded.span, at: &position)
    let start = position
    let weights = try #require(LEB128.decode(coded.span, at: &position))
    /// The block with another length for its weights.
    func lying(_ length: Int) -> [UInt8] {
      Array(coded[..<start]) + LEB128.encode(length) + coded[position...]
    }
    for damaged in [
      lying(weights - 40), lying(weights + 40), lying(0), lying(.max),
      Array(coded[..<(position + weights / 2)]), Array(coded[..<start]),
    ] {
      let error = #expect(throws: BPBError.self) {
        try codec.decode(damaged.span, limit: 1 << 20)
      }
      #expect(error?.code == .badData)
    }
  }

  @Test func aSeedAndATunePartMakeAnotherNetwork() throws {
    var learning = try Self.learning(TrainerTests.architectures[3])
    var snapshots: Set<[UInt8]> = []
    for (seed, share) in [(1, 0), (2, 0), (1, 0.2)] as [(UInt64, Double)] {
      (learning.seed, learning.tuneShare) = (seed, share)
      let learner = try learning.makeLearner(byteCount: Self.text.count)
      learner.learn(Self.text.span)
      snapshots.insert(try learner.snapshot())
    }
    #expect(snapshots.count == 3)
  }

  @Test func trainingCanBeStopped() throws {
    let learner = try Self.learning(TrainerTests.architectures[3], steps: 1_000_000)
      .makeLearner(byteCount: Self.text.count)
    learner.learn(Self.text.span)
    var calls = 0
    #expect(throws: BPBError.self) {
      try learner.snapshot { () throws(BPBError) in
        calls += 1
        if calls == 3 { throw BPBError(.cancelled, "stopped") }
      }
    }
    #expect(calls == 3)
  }

  @Test func stepsFollowTheText() throws {
    let learning = try Self.learning("neural:3k", steps: nil)
    let usual = NeuralLearning.usualSteps
    #expect(learning.plan(textBytes: 1).steps == usual.lowerBound)
    #expect(learning.plan(textBytes: 1 << 30).steps == usual.upperBound)
    let (plan, steps) = learning.plan(textBytes: 1 << 20)
    #expect(steps * plan.batchBytes == NeuralLearning.usualEpochs << 20)
  }
}
