import BPBCore
import ByteModels
import Testing
import _TestSupport

/// What is estimated, against the definition and against KenLM's figures.
@Suite struct KneserNeyTests {
  static func model(
    _ method: KneserNeyLearning, after text: [UInt8]
  ) throws -> any FrozenModel {
    let learner = try method.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    let body = try learner.fileBody()
    return try method.open(ModelBytes(copying: body.span))
  }

  /// Texts that are too short, too even and too odd for anything, and one that is like text.
  static let texts: [(name: String, bytes: [UInt8])] =
    HostileInputs.all.map { ($0.name, Array($0.bytes.prefix(700))) } + [
      ("words", words(1500, seed: 5)), ("abracadabra", Array("abracadabra".utf8)),
      ("three bytes", [7, 7, 9]),
    ]

  /// A text of few words, drawn at random.
  static func words(_ count: Int, seed: UInt64) -> [UInt8] {
    let words = [
      "the ", "then ", "there ", "a ", "an ", "and ", "end.\n", "Ba", "nana ", "bandana ",
    ]
    let draws = SplitMix64.bytes(count: count, seed: seed)
    return Array(draws.flatMap { Array(words[Int($0) * words.count / 256].utf8) }.prefix(count))
  }

  @Test(arguments: [1, 2, 3, 5, 8]) func probabilitiesAreThoseOfTheDefinition(order: Int) throws {
    for (name, training) in Self.texts {
      let reference = ReferenceKneserNey(training, order: order)
      let model = try Self.model(KneserNeyLearning(order: order), after: training)
      let text = Array(training.suffix(60)) + Array("the band then\u{0}".utf8) + [0xFF, 0xFE]
      let bits = model.score(text.span, blockSize: 1)
      for position in text.indices {
        let expected = reference.probability(text[position], after: Array(text[..<position]))
        let actual = exp2(-bits[position])
        // What coding in parts of 2^24 changes.
        #expect(
          abs(actual - expected) <= 1e-4 * expected + 1e-7,
          "\(name): \(actual) is not \(expected) at byte \(position)")
      }
    }
  }

  /// Held-out bits per byte of lmplz and query, with discount fallback; every byte is one token.
  @Test(.enabled(if: RealCorpora.directory != nil)) func figuresAreThoseOfKenLM() throws {
    let text = try RealCorpora.bytes("natural/tinyshakespeare.txt")
    let (training, held) = (Array(text[..<1_003_854]), Array(text[1_003_854...]))
    for (order, expected) in zip(2..., [3.5831, 2.9404, 2.4801, 2.2523, 2.1967, 2.1878]) {
      let model = try Self.model(KneserNeyLearning(order: order), after: training)
      let bits = model.score(held.span, blockSize: .max)[0] / Double(held.count)
      #expect(abs(bits - expected) <= 0.0005, "order \(order): \(bits)")
    }
  }

  @Test(.enabled(if: RealCorpora.directory != nil && LongTests.areWanted))
  func figuresOnALargerTextAreThoseOfKenLM() throws {
    let text = try RealCorpora.bytes("enwik/enwik8-first-4000000")
    let (training, held) = (Array(text[..<3_600_000]), Array(text[3_600_000...]))
    for (order, expected) in zip(2..., [3.9152, 3.1823, 2.6641, 2.3555, 2.2148, 2.1766]) {
      let model = try Self.model(KneserNeyLearning(order: order), after: training)
      let bits = model.score(held.span, blockSize: .max)[0] / Double(held.count)
      #expect(abs(bits - expected) <= 0.0005, "order \(order): \(bits)")
    }
  }

  @Test func threadsChangeNothing() throws {
    for (name, training) in Self.texts {
      let bodies = try [1, 2, 3, 7].map { threads in
        let learner = try KneserNeyLearning(order: 5, threads: threads).makeLearner(byteCount: 0)
        learner.learn(training.span)
        return try learner.fileBody()
      }
      #expect(bodies.allSatisfy { $0 == bodies[0] }, "\(name)")
    }
  }

  @Test(arguments: [1, 3]) func whatStaysKeepsItsProbability(prune: Int) throws {
    for (name, training) in [Self.texts[2], ("words", Self.words(400, seed: 5))] {
      let reference = ReferenceKneserNey(training, order: 4)
      let model = try Self.model(KneserNeyLearning(order: 4, prune: prune), after: training)
      let text = Array(training.suffix(20)) + Array("the band".utf8)
      let bits = model.score(text.span, blockSize: 1)
      for position in text.indices {
        let expected = reference.probability(
          text[position], after: Array(text[..<position]), prune: prune)
        let actual = exp2(-bits[position])
        #expect(
          abs(actual - expected) <= 1e-3 * expected + 1e-7,
          "\(name): \(actual) is not \(expected) at byte \(position)")
      }
    }
  }

  @Test func whatIsWorthLeastGoesFirst() throws {
    let (training, held) = (Self.words(6000, seed: 5), Self.words(3000, seed: 6))
    func sizeAndBits(_ method: KneserNeyLearning) throws -> (size: Int, bits: Double) {
      let learner = try method.makeLearner(byteCount: 0)
      learner.learn(training.span)
      let model = try Self.model(method, after: training)
      return (try learner.fileBody().count, model.score(held.span, blockSize: .max)[0])
    }
    let whole = try sizeAndBits(KneserNeyLearning(order: 5))
    let pruned = try sizeAndBits(KneserNeyLearning(order: 5, entropy: 3e-4))
    let byCount = try sizeAndBits(KneserNeyLearning(order: 5, prune: 10))
    #expect(pruned.size < whole.size * 4 / 5)
    #expect(pruned.bits < whole.bits * 1.03)
    // By what it is worth, not by how often it came: a smaller model is the better one.
    #expect(pruned.size < byCount.size)
    #expect(pruned.bits < byCount.bits)
  }

  @Test func eightBitsAreNearlyAsGoodAsTwentyFour() throws {
    let (training, held) = (Self.words(6000, seed: 5), Self.words(3000, seed: 6))
    let bits = try [nil, 12, 8, 4].map { codeBits in
      let model = try Self.model(KneserNeyLearning(order: 5, bits: codeBits), after: training)
      return model.score(held.span, blockSize: .max)[0]
    }
    #expect(bits[1] < bits[0] * 1.002)
    #expect(bits[2] < bits[0] * 1.01)
    #expect(bits[3] > bits[2])
  }

  @Test func notesSayWhatWasMade() throws {
    let learner = try KneserNeyLearning(order: 2).makeLearner(byteCount: 0)
    #expect(learner.notes.isEmpty)
    learner.learn(Array("abracadabra".utf8).span)
    let body = try learner.fileBody()
    #expect(
      learner.notes == [
        "5 + 7 n-grams of 1 to 2 bytes, \(8 * body.count / 12).\(80 * body.count / 12 % 10) bits each in a model file",
        "discounts of orders 1 and 2 are 1/2, 1 and 3/2: their counts of counts define none",
      ])
    let even = try KneserNeyLearning(order: 3).makeLearner(byteCount: 0)
    even.learn(Self.words(3000, seed: 5).span)
    _ = try even.snapshot()
    #expect(even.notes.count == 2)
    #expect(even.notes[0].hasSuffix("n-grams of 1 to 3 bytes"))
    #expect(!even.notes[1].contains("order 3"))
  }
}
