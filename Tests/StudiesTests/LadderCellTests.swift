import BPBCore
import BitsPerByte
import Corpora
import NeuralModels
import Synchronization
import Testing

@testable import Studies

/// What cells of the ladder measure, on texts of a few hundred bytes.
@Suite struct LadderCellTests {
  private let bench = StudyBench(text: smallText) { () throws(BPBError) in }

  private func text(words count: Int) -> [UInt8] {
    let words = ["the", "cat", "sat", "on", "a", "mat", "and", "saw", "that", "rat"]
    var generator = SeededGenerator(seed: 1)
    return (0..<count).flatMap { _ in Array(words[Int(generator.next(below: 10))].utf8) + [32] }
  }

  private func accounts(
    _ method: Method, _ text: [UInt8], unseen: [UInt8] = []
  ) throws -> StudyFigures {
    try MethodAccounts(method: method, text: text, unseen: unseen, inChunks: true, bench: bench)
      .measure()
  }

  private func accounts(
    _ name: String, _ text: [UInt8], unseen: [UInt8] = []
  ) throws -> StudyFigures {
    try accounts(MethodTable.builtin.method(named: name), text, unseen: unseen)
  }

  @Test func blocksShareAllOfATotal() {
    let blocks = LadderBlocks(bytes: 100)
    #expect(blocks.ranges.count == 32 && blocks.ranges.last?.upperBound == 100)
    let shares = blocks.shares(of: (0..<100).map { Double($0 % 7) }, total: 1000)
    #expect(abs(shares.reduce(0, +) - 1000) < 1e-9)
    #expect(LadderBlocks(bytes: 3).ranges == [0..<1, 1..<2, 2..<3])
    #expect(LadderBlocks.replicate([1, 2], bytes: 3) == nil)
  }

  @Test(arguments: ["zlib:9", "ngram:2", "kn:3"])
  func blocksOfEveryCoderAddUpToItsFile(name: String) throws {
    let text = text(words: 700)
    let result = try accounts(name, text)
    let sum = try #require(result.series["coded"]).reduce(0, +)
    #expect(abs(sum - result.figures["coded"]! * Double(text.count)) < 1e-6)
    #expect(result.figures["chunked"]! > 0)
  }

  @Test func accountsAreThoseThatACoderHas() throws {
    let text = text(words: 700)
    let unseen = Array(self.text(words: 900).suffix(500))
    func names(_ coder: String) throws -> [String] {
      let figures = try accounts(coder, text, unseen: unseen).figures
      return LadderControls.accounts.filter { figures[$0] != nil }
    }
    #expect(try names("zlib:9") == ["coded"])
    #expect(try names("ppm") == ["prequential", "coded"])
    #expect(try names("kn:3") == ["held-out", "two-part", "coded"])
    #expect(try names("ngram:2") == ["held-out", "two-part", "prequential", "coded"])
  }

  @Test func lengthsAreThoseOfTheFile() throws {
    for name in ["ngram:2", "kn:3", "ppm", "ctw"] {
      let figures = try accounts(name, text(words: 700)).figures
      let excess = try #require(figures["excess"])
      #expect(excess > -1 && excess <= 64, "\(name): \(excess)")
    }
  }

  /// In chunks a coder forgets what was before, and a header counts once.
  @Test func chunksCostWhatTheyForget() throws {
    let text = text(words: 1500)
    let whole = try accounts("ngram:3", text).figures
    #expect(whole["chunked"]! > whole["coded"]! * 1.05)
    let stored = try accounts("store", text).figures
    #expect(stored["chunked"] == stored["coded"])
  }

  // MARK: Networks

  @Test func aNetworkIsSentAtTheBestPrecision() throws {
    var network = LadderNetwork(
      architecture: .transformer(layers: 1, width: 4, heads: 1, context: 64), seed: 1)
    network.leastBytes = 1 << 14
    let text = Array(text(words: 200).prefix(512))
    let result = try network.measure(text, unseen: Array(text.prefix(100)), inChunks: true, bench)
    let totals = LadderNetwork.levels.compactMap { result.figures[$0.text + " total"] }
    #expect(totals.count == 24)
    let file = result.figures["two-part"]! * 512
    #expect(abs(file - totals.min()! * 512) < 64 + 24, "the sample is the text")
    #expect(result.figures["model"]! >= 1 && result.figures["held-out"]! > 0)
    #expect(abs(result.figures["excess"]!) <= 64)
    #expect(result.series["two-part"] == result.series["coded"])
    let again = try network.measure(text, unseen: Array(text.prefix(100)), inChunks: true, bench)
    #expect(again.figures == result.figures && again.series == result.series)
  }

  @Test func damagedWeightsAreSaidToBe() {
    let architecture = Architecture.transformer(layers: 1, width: 4, heads: 1, context: 64)
    for bytes in [[], [24], [5], [5, 1, 2, 3]] as [[UInt8]] {
      #expect(throws: BPBError.self) {
        _ = try LadderNetwork.restore(bytes.span, architecture)
      }
    }
  }

  // MARK: Frauds

  /// A model that is kept on a shelf and not in the bytes that are charged.
  private struct ForgetfulLearning: LearningMethod {
    let honest: any LearningMethod
    let shelf = Shelf()

    final class Shelf: Sendable {
      let model = Mutex<[UInt8]>([])
    }

    var precision: String { honest.precision }

    func makeLearner(byteCount: Int) throws(BPBError) -> any Learner {
      ForgetfulLearner(learner: try honest.makeLearner(byteCount: byteCount), shelf: shelf)
    }

    func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
      let model = shelf.model.withLock { $0 }
      return try honest.restore(model.span)
    }
  }

  private final class ForgetfulLearner: Learner {
    let learner: any Learner
    let shelf: ForgetfulLearning.Shelf

    init(learner: any Learner, shelf: ForgetfulLearning.Shelf) {
      self.learner = learner
      self.shelf = shelf
    }

    func learn(_ bytes: Span<UInt8>) { learner.learn(bytes) }

    func snapshot() throws(BPBError) -> [UInt8] {
      let model = try learner.snapshot()
      shelf.model.withLock { $0 = model }
      return []
    }

    var memoryBytes: Int { learner.memoryBytes }
  }

  /// Its files come back, so that only random bytes tell: what it takes for them is impossible, and is seen to be.
  @Test func anAccountThatForgetsItsModelIsCaught() throws {
    var method = try MethodTable.builtin.method(named: "kn:6")
    var generator = SeededGenerator(seed: 3)
    let random = generator.bytes(count: 2000)
    let honest = try accounts(method, random)
    #expect(honest.figures["two-part"]! > 8 && honest.figures["residual"]! < 6)
    let fraud = ForgetfulLearning(honest: try #require(method.learning))
    method.learning = fraud
    method.codec = TwoPartCodec(fraud)
    let forgetful = try accounts(method, random)
    #expect(forgetful.figures["two-part"]! < 8 - 0.002)
    #expect(abs(forgetful.figures["residual"]! - honest.figures["residual"]!) < 1e-9)
  }
}
