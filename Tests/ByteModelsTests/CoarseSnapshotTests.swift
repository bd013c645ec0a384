import BPBCore
import Testing
import _TestSupport

@testable import ByteModels

/// Tables of n-grams that keep roots of counts only.
@Suite struct CoarseSnapshotTests {
  private static let training = words(6000, seed: 5)
  private static let held = words(3000, seed: 6)

  /// A text of 64 words of 2 to 6 letters, the first ones more often.
  private static func words(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: 3)
    let words = (0..<64).map { _ in
      (0..<2 + generator.next(below: 5)).map { _ in 97 + UInt8(generator.next(below: 12)) } + [32]
    }
    generator = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    while text.count < count {
      text += words[Int(min(generator.next(below: 64), generator.next(below: 64)))]
    }
    return Array(text.prefix(count))
  }

  private static let methods = [
    KneserNeyLearning(order: 4, grain: 0.1), KneserNeyLearning(order: 1, grain: 0.5),
    KneserNeyLearning(order: 5, entropy: 1e-3, grain: 1, bits: 8),
    KneserNeyLearning(order: 3, prune: 2, grain: 2), KneserNeyLearning(order: 4, grain: 64),
  ]

  private static func sizeAndBits(
    _ method: KneserNeyLearning
  ) throws -> (size: Int, bits: Double) {
    let learner = try method.makeLearner(byteCount: training.count)
    learner.learn(training.span)
    let snapshot = try learner.snapshot()
    let model = try method.restore(snapshot.span)
    let body = try learner.fileBody()
    let bits = model.score(held.span, blockSize: .max)[0]
    let opened = try method.open(ModelBytes(copying: body.span))
    #expect(opened.score(held.span, blockSize: .max) == [bits])
    return (snapshot.count, bits)
  }

  @Test func theyAreHonestModels() {
    for (number, method) in Self.methods.enumerated() {
      let checker = LearningChecker(method)
      for (name, training) in KneserNeyTests.texts {
        let text = Array(training.suffix(20)) + Array("and then\u{0}\u{FF}".utf8)
        let failures = checker.failures(
          training: Array(training.prefix(300)), text: text, named: "\(number), \(name)")
        #expect(failures == [])
      }
    }
  }

  @Test func damageDoesNoHarm() {
    for method in Self.methods {
      let checker = LearningChecker(method)
      #expect(
        checker.damageFailures(training: KneserNeyTests.words(300, seed: 6), flips: 120) == [])
      for input in HostileInputs.all { #expect(checker.useFailures(input.bytes) == []) }
    }
  }

  /// Numbers are the nearest to what they stand for; probabilities are their ratios and sum to one.
  @Test(arguments: [0.1, 0.5, 2]) func numbersAreRootsInGrains(grain: Double) throws {
    let method = KneserNeyLearning(order: 4, entropy: 1e-4, grain: grain)
    let trie = method.pruned(try method.count(Self.training.span))
    let exact = KneserNeyEstimate(trie, threads: 1)
    let coarse = method.coarse(try method.count(Self.training.span))
    var expected = exact.probabilities[0].map { $0 * Double(Self.training.count) }
    for depth in 1..<4 {
      var counts: [Double] = []
      for context in expected.indices {
        let bounds = trie.levels[depth - 1].firstChildren
        var sum = Double(coarse.rests[depth][context]) * Double(coarse.rests[depth][context])
        let children = Int(bounds[context])..<Int(bounds[context + 1])
        for child in children {
          let count = expected[context] * exact.probabilities[depth][child]
          let number = Double(coarse.trie.levels[depth].counts[child])
          #expect(abs(number * grain - count.squareRoot()) <= grain * 0.500001 || number == 1)
          sum += number * number
          counts.append(count)
        }
        for child in children {
          let number = Double(coarse.trie.levels[depth].counts[child])
          #expect(abs(coarse.probabilities[depth][child] * sum - number * number) <= 1e-9 * sum)
        }
      }
      expected = counts
    }
    #expect(abs(coarse.probabilities[0].reduce(0, +) - 1) < 1e-12)
  }

  @Test func coarserIsSmallerAndWorse() throws {
    let exact = try Self.sizeAndBits(KneserNeyLearning(order: 4, entropy: 3e-4))
    let points = try [0.1, 0.25, 0.5, 1, 2, 4].map {
      try Self.sizeAndBits(KneserNeyLearning(order: 4, entropy: 3e-4, grain: $0))
    }
    for (fine, coarse) in zip(points, points.dropFirst()) {
      #expect(coarse.size < fine.size)
      #expect(coarse.bits > fine.bits * 0.998)
    }
    #expect(abs(points[0].bits / exact.bits - 1) < 0.002)
    #expect(points[3].bits < exact.bits * 1.05)
  }

  /// Half the bytes of what pruning alone leaves, for half a per cent of the bits.
  @Test(.enabled(if: RealCorpora.directory != nil)) func rootsSayMoreThanCountsOfAsManyBits() throws
  {
    let text = try RealCorpora.bytes("natural/tinyshakespeare.txt")
    let (training, held) = (Array(text[..<200_000]), Array(text[1_003_854...]))
    let points = try [0, 1.0].map { grain in
      let method = KneserNeyLearning(order: 4, entropy: 1e-4, grain: grain)
      let learner = try method.makeLearner(byteCount: 0)
      learner.learn(training.span)
      let snapshot = try learner.snapshot()
      let model = try method.restore(snapshot.span)
      return (Double(snapshot.count), model.score(held.span, blockSize: .max)[0])
    }
    #expect(points[1].0 < 0.5 * points[0].0)
    #expect(points[1].1 < 1.005 * points[0].1)
  }

  @Test(arguments: [0, 1.0]) func tablesFitInWhatTheyAreGiven(grain: Double) throws {
    let method = KneserNeyLearning(order: 5, grain: grain)
    let whole = try Self.sizeAndBits(method)
    let all = try method.fitted(Self.training.span, toBytes: whole.size)
    #expect(all.entropy == 0)
    for share in [0.7, 0.5] {
      let most = Int(Double(whole.size) * share)
      let fitted = try method.fitted(Self.training.span, toBytes: most)
      let size = try Self.sizeAndBits(fitted).size
      #expect(size <= most)
      // The next lower threshold would not do.
      let thresholds = KneserNeyLearning.thresholds
      let place = try #require(thresholds.firstIndex { $0 * 1_000_000 == fitted.entropy })
      #expect(place > 0)
      let larger = KneserNeyLearning(order: 5, entropy: thresholds[place - 1], grain: grain)
      #expect(try Self.sizeAndBits(larger).size > most)
    }
    let error = #expect(throws: BPBError.self) { try method.fitted(Self.training.span, toBytes: 3) }
    #expect(error?.code == .usage)
  }

  @Test func namesSayTheGrain() throws {
    let table = MethodTable(families: [ModelFamilies.kneserNey])
    let method = try table.method(named: "kn:order=4:entropy=30:grain=0.5")
    #expect(method.name == "kn:4:entropy=30:grain=0.5")
    #expect(method.learning?.precision.contains("a multiple of 0.5") == true)
    let error = #expect(throws: BPBError.self) { try table.method(named: "kn:4:grain=0.05") }
    #expect(error?.code == .usage)
  }

  @Test func whatHasNoCountsHasNoRoots() throws {
    let error = #expect(throws: BPBError.self) {
      try KneserNeyLearning(order: 3, grain: 1).importText { _ throws(BPBError) in [] }
    }
    #expect(error?.code == .usage)
    #expect(error?.advice == "name the method without 'grain'")
  }
}
