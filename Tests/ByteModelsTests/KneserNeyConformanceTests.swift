import BPBCore
import ByteModels
import Testing
import _TestSupport

/// The checkers that every method with something learned passes, and bodies that nobody wrote.
@Suite struct KneserNeyConformanceTests {
  @Test(arguments: [1, 2, 4, 8]) func snapshotsAndFrozenModelsPass(order: Int) {
    let checker = LearningChecker(KneserNeyLearning(order: order))
    for (name, training) in KneserNeyTests.texts.map({ ($0.name, Array($0.bytes.prefix(300))) }) {
      let text = Array(training.suffix(30)) + Array("and then\u{0}\u{FF}".utf8)
      #expect(checker.failures(training: training, text: text, named: name) == [])
    }
  }

  @Test func smallerModelsPass() {
    let methods = [
      KneserNeyLearning(order: 5, prune: 1), KneserNeyLearning(order: 4, entropy: 1e-3),
      KneserNeyLearning(order: 4, bits: 5), KneserNeyLearning(order: 3, prune: 3, bits: 8),
    ]
    for (number, method) in methods.enumerated() {
      let checker = LearningChecker(method)
      for (name, training) in KneserNeyTests.texts.suffix(5).map({
        ($0.name, Array($0.bytes.prefix(300)))
      }) {
        let text = Array(training.suffix(20)) + Array("and then\u{0}\u{FF}".utf8)
        let failures = checker.failures(
          training: training, text: text, named: "method \(number), \(name)")
        #expect(failures == [])
      }
    }
  }

  @Test(arguments: [0.0, 1e-3, 0.1]) func damagedSnapshotsDoNoHarm(entropy: Double) {
    let checker = LearningChecker(KneserNeyLearning(order: 4, entropy: entropy))
    #expect(
      checker.damageFailures(training: KneserNeyTests.words(300, seed: 6), flips: 150) == [])
    for input in HostileInputs.all { #expect(checker.useFailures(input.bytes) == []) }
  }
}

/// Bodies are read in place, so none that could lead anywhere else is opened.
@Suite struct KneserNeyBodyTests {
  private let method = KneserNeyLearning(order: 4)
  private let body: [UInt8]

  init() throws {
    let learner = try method.makeLearner(byteCount: 0)
    learner.learn(KneserNeyTests.words(250, seed: 7).span)
    body = try learner.fileBody()
  }

  /// Opens `bytes`; if that works so does coding.
  private func failure(_ bytes: [UInt8]) -> String? {
    do {
      let model = try method.open(ModelBytes(copying: bytes.span))
      let text = Array("and then a banana".utf8)
      let residual = model.encode(text.span)
      let bits = model.score(text.span, blockSize: .max)[0]
      guard bits.isFinite, abs(bits - 8 * Double(residual.count)) < 64 else {
        return "codes \(bits) bits in \(residual.count) bytes"
      }
      _ = model.continuation(of: text.span, count: 20)
      let decoded = try model.decode(residual.span, byteCount: text.count)
      return decoded == text ? nil : "does not decode what it encodes"
    } catch {
      return error.code == .badData ? nil : "is refused as \(error.code)"
    }
  }

  @Test func cutBodiesAreRefused() {
    for length in 0..<body.count {
      let cut = Array(body[..<length])
      #expect(throws: BPBError.self) { try method.open(ModelBytes(copying: cut.span)) }
    }
    let longer = body + [0]
    #expect(throws: BPBError.self) { try method.open(ModelBytes(copying: longer.span)) }
  }

  @Test func flippedBitsDoNoHarm() {
    for bit in stride(from: 0, to: 8 * body.count, by: 13) {
      var flipped = body
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      let failure = failure(flipped)
      #expect(failure == nil, "bit \(bit)")
    }
  }

  @Test func randomBodiesDoNoHarm() {
    for seed in UInt64(1)...60 {
      // A header that is right, and what follows it is anything.
      var random = Array(body[..<96]) + SplitMix64.bytes(count: body.count - 96, seed: seed)
      let isRefused = (try? method.open(ModelBytes(copying: random.span))) == nil
      #expect(isRefused)
      random = body
      for (i, byte) in SplitMix64.bytes(count: 40, seed: seed).enumerated() where i % 2 == 1 {
        let place = Int(random[i]) &* 7919 &+ Int(byte) &* 31 &+ i
        random[96 + place % (body.count - 96)] = byte
      }
      #expect(failure(random) == nil, "seed \(seed)")
    }
  }
}
