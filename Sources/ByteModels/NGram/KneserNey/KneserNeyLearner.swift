import BPBCore

/// Gathers the text, and counts it when it is asked what it learned.
final class KneserNeyLearner: Learner {
  private let method: KneserNeyLearning
  private var text: [UInt8] = []

  init(_ method: KneserNeyLearning) { self.method = method }

  func learn(_ bytes: Span<UInt8>) { text.append(bytes) }

  func snapshot() throws(BPBError) -> [UInt8] { try fileBody() }

  func fileBody() throws(BPBError) -> [UInt8] {
    let text = text
    let trie = try GramTrie(text.span, order: method.order, threads: method.threads)
    let discounts = trie.levels.map { KneserNeyDiscounts(countsOfCounts: $0.countsOfCounts) }
    let estimate = KneserNeyEstimate(trie, discounts, threads: method.threads)
    return KneserNeyBody(trie, estimate).bytes(threads: method.threads)
  }

  var memoryBytes: Int { max(text.capacity, 1) }
}
