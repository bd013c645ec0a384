import BPBCore
import ByteModels
import Corpora
import _TestSupport

/// Models and texts of known sources that the tests share.
enum TestModels {
  /// A Kneser–Ney model of n-grams that learned `text`.
  static func learned(_ text: [UInt8], order: Int) throws -> any FrozenModel {
    let method = KneserNeyLearning(order: order, threads: 1)
    let learner = try method.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    let body = try learner.fileBody()
    return try method.open(ModelBytes(copying: body.span))
  }

  /// Sentences of a grammar, and a model that learned others.
  static let sentences = text("grammar", count: 3000, seed: 2)
  static func sentenceModel() throws -> any FrozenModel {
    try learned(text("grammar", count: 20_000, seed: 1), order: 5)
  }

  static func text(_ source: String, count: Int, seed: UInt64) -> [UInt8] {
    guard let source = try? KnownSourceTable.builtin.source(named: source) else { return [] }
    return source.bytes(count: count, seed: seed)
  }
}

/// The model that is the source itself: a Markov source whose probabilities are known.
///
/// It knows its contexts from the last bytes alone, begins in the context of the first symbol, and gives bytes
/// outside the alphabet one part each.
final class SourceModel: FrozenModel {
  private let chain: MarkovSource
  private let rows: [[UInt32]]

  init(_ chain: MarkovSource) {
    self.chain = chain
    let symbols = chain.alphabet.count
    rows = (0..<chain.weights.count / symbols).map { context in
      let weights = chain.weights[context * symbols..<(context + 1) * symbols].map(UInt64.init)
      let sum = weights.reduce(0, +)
      var row = [UInt32](repeating: 1, count: 256)
      for (symbol, weight) in zip(chain.alphabet, weights) {
        row[Int(symbol)] = max(1, UInt32(weight * ((1 << 24) - 512) / sum))
      }
      return row
    }
  }

  func continuation(
    of prompt: Span<UInt8>, count: Int, choosing choose: (Span<UInt32>) -> UInt8
  ) -> [UInt8] {
    var context = 0
    func step(_ byte: UInt8) {
      let symbol = chain.alphabet.firstIndex(of: byte) ?? 0
      context = (context * chain.alphabet.count + symbol) % rows.count
    }
    for i in prompt.indices { step(prompt[i]) }
    return (0..<count).map { _ in
      let row = rows[context]
      let byte = choose(row.span)
      step(byte)
      return byte
    }
  }

  func score(_ text: Span<UInt8>, blockSize: Int) -> [Double] { [] }
  func encode(_ text: Span<UInt8>) -> [UInt8] { [] }
  func decode(_ residual: Span<UInt8>, byteCount: Int) throws(BPBError) -> [UInt8] { [] }
  func likeliestBytes(in text: Span<UInt8>) -> [UInt8] { [] }
  var memoryBytes: Int { 0 }
}
