import BPBCore
import ByteModels
import Testing
import _TestSupport

/// Every model that can be frozen passes both checkers.
@Suite struct FreezingTests {
  private static let stops = [0, 1, 2, 40, 300]

  /// What to learn and what to predict: a text and its like, and inputs that break things.
  private static let inputs = HostileInputs.all.map { input in
    (name: input.name, training: Array(input.bytes.prefix(1200)))
  }

  /// What both checkers find; models of whole distributions are slow to check, and get few inputs.
  private func failures<M: FreezableModel & ~Copyable>(
    on names: [String] = Self.inputs.map(\.name), _ make: @escaping ModelCodec.Maker<M>
  ) -> [String] {
    let text = HostileInputs.all.first { $0.name == "text" }!.bytes.prefix(400)
    return Self.inputs.filter { names.contains($0.name) }.flatMap { input in
      // Some of what was learned, and a text that comes out of the blue.
      let text = Array(input.training.suffix(200)) + text
      return FreezingChecker(make).failures(
        training: input.training, text: text, named: input.name, stops: Self.stops)
        + LearningChecker(ModelLearning(make)).failures(
          training: input.training, text: text, named: input.name)
    }
  }

  private func ngramFailures<let order: Int>(
    _ model: NGramModel<order>.Type, memory: Int
  ) -> [String] {
    failures { byteCount throws(BPBError) in
      try NGramModel<order>(memory: memory, byteCount: byteCount)
    }
  }

  @Test func shortNGramsPass() {
    #expect(ngramFailures(NGramModel<0>.self, memory: 1 << 16) == [])
    #expect(ngramFailures(NGramModel<1>.self, memory: 1 << 16) == [])
    #expect(ngramFailures(NGramModel<2>.self, memory: 1 << 18) == [])
  }

  @Test func longNGramsPass() {
    #expect(ngramFailures(NGramModel<3>.self, memory: 1 << 18) == [])
    #expect(ngramFailures(NGramModel<6>.self, memory: 1 << 18) == [])
  }

  @Test(arguments: [256, 1 << 12]) func ngramPassesWithLittleMemory(memory: Int) {
    // Two pairs, and 32: nearly every context evicts another, also those of the byte in progress.
    #expect(ngramFailures(NGramModel<5>.self, memory: memory) == [])
  }

  @Test func aModelOfDistributionsPasses() {
    #expect(failures(on: ["one byte", "text"]) { _ in LaplaceModel() } == [])
  }

  @Test func damagedSnapshotsDoNoHarm() {
    let text = Array(HostileInputs.all.first { $0.name == "text" }!.bytes.prefix(500))
    let checker = LearningChecker(
      ModelLearning { byteCount throws(BPBError) in
        try NGramModel<3>(memory: 1 << 14, byteCount: byteCount)
      })
    #expect(checker.damageFailures(training: text, flips: 60) == [])
    for input in HostileInputs.all {
      #expect(checker.useFailures(input.bytes) == [], "\(input.name)")
    }
    let laplace = LearningChecker(ModelLearning { _ in LaplaceModel() })
    #expect(laplace.damageFailures(training: text, flips: 40) == [])
  }

  @Test func aModelThatGoesOnLearningIsCaught() {
    let found = failures(on: ["one byte", "text"]) { _ in RestlessModel() }
    #expect(found.contains { $0.contains("frozen coding changes what was learned") })
    #expect(found.contains { $0.contains("changes when it is used") })
  }

  @Test func aModelThatRemembersTheStreamBeforeIsCaught() {
    #expect(
      failures(on: ["one byte", "text"]) { _ in StickyModel() }.contains {
        $0.contains("depends on the one before")
      })
  }

  @Test func aModelThatKeepsWhatItDoesNotSendIsCaught() {
    let found = failures(on: ["one byte", "text"]) { _ in RoundingModel() }
    #expect(found.contains { $0.contains("the snapshot of what was restored is another") })
  }
}

/// Frozen models against theory.
@Suite struct FrozenValueTests {
  private func frozen<let order: Int>(
    _ model: NGramModel<order>.Type, memory: Int = 1 << 16, after training: [UInt8]
  ) throws -> any FrozenModel {
    let method = ModelLearning { byteCount throws(BPBError) in
      try NGramModel<order>(memory: memory, byteCount: byteCount)
    }
    let learner = try method.makeLearner(byteCount: training.count)
    learner.learn(training.span)
    let snapshot = try learner.snapshot()
    return try method.restore(snapshot.span)
  }

  @Test func orderZeroGivesItsClosedForm() throws {
    // A is 01000001, B is 01000010: six decisions in common, then one of four ones, then each its own.
    let model = try frozen(NGramModel<0>.self, after: Array("AABA".utf8))
    // KT after n visits with m ones: (m + 1/2)/(n + 1).
    let common = -6 * log2Reference(4.5 / 5)
    let expected = [
      "A": common - log2Reference(3.5 / 5) - log2Reference(3.5 / 4),
      "B": common - log2Reference(1.5 / 5) - log2Reference(1.5 / 2),
      // The first decision of a byte over 127 was always a zero; nothing is known of those after it.
      "\u{7F}": -log2Reference(4.5 / 5) - log2Reference(4.5 / 5) - log2Reference(0.5 / 5) + 5,
    ]
    for (text, bits) in expected {
      let bytes = Array(text.utf8)
      let scored = model.score(bytes.span, blockSize: 1)
      #expect(abs(scored[0] - bits) < 0.001, "\(text)")
    }
    let any: [UInt8] = [0, 0]
    let likeliest = model.likeliestBytes(in: any.span)
    #expect(likeliest == [65, 65])
  }

  @Test func whatLearnedNothingKnowsNothing() throws {
    let model = try frozen(NGramModel<2>.self, after: [])
    let text: [UInt8] = [1, 2, 3]
    let continuation = model.continuation(of: text.span, count: 3)
    let scores = model.score(text.span, blockSize: 1)
    // The coder's odd probabilities prefer a one by 1 in 65536.
    #expect(continuation == [255, 255, 255])
    #expect(scores.allSatisfy { abs($0 - 8) < 0.001 })
  }

  /// Up to 255 visits nothing is rounded that matters, so a model and its snapshot predict alike: not
  /// one context is lost, whatever state the table is in.
  @Test(arguments: [256, 1 << 11, 1 << 18]) func nothingIsLost(memory: Int) throws {
    for input in HostileInputs.all {
      let training = Array(input.bytes.prefix(250))
      var model = try NGramModel<4>(memory: memory, byteCount: training.count)
      var length = IdealLength()
      for byte in training { _ = model.code(byte, with: &length) }
      let frozen = try frozen(NGramModel<4>.self, memory: memory, after: training)
      let scores = frozen.score(training.span, blockSize: 1)
      model.forgetContext()
      let differences = training.indices.map { position in
        var length = IdealLength()
        _ = model.codeFrozen(training[position], with: &length)
        return abs(scores[position] - length.bits)
      }
      #expect(differences.allSatisfy { $0 < 0.01 }, "\(input.name)")
    }
  }

  @Test func aSnapshotIsMuchSmallerThanItsTable() throws {
    let text = HostileInputs.all.first { $0.name == "text" }!.bytes
    let method = ModelLearning { byteCount throws(BPBError) in
      try NGramModel<5>(memory: 1 << 20, byteCount: byteCount)
    }
    let learner = try method.makeLearner(byteCount: text.count)
    let empty = try learner.snapshot()
    #expect(empty.count < 40)
    learner.learn(text.span)
    // 45 characters in a circle: there is little to tell about them.
    #expect(try learner.snapshot().count < 400)
  }

  @Test func aSnapshotOfALargerTableIsRefused() throws {
    let text = SplitMix64.bytes(count: 4000, seed: 8)
    func method(_ memory: Int) -> ModelLearning {
      ModelLearning { byteCount throws(BPBError) in
        try NGramModel<4>(memory: memory, byteCount: byteCount)
      }
    }
    let learner = try method(1 << 18).makeLearner(byteCount: text.count)
    learner.learn(text.span)
    let snapshot = try learner.snapshot()
    #expect(throws: BPBError.self) { try method(1 << 16).restore(snapshot.span) }
  }
}
