import BPBCore

/// Gathers the text, and counts it when it is asked what it learned.
final class KneserNeyLearner: Learner {
  private let method: KneserNeyLearning
  private var text: [UInt8] = []

  init(_ method: KneserNeyLearning) { self.method = method }

  func learn(_ bytes: Span<UInt8>) { text.append(bytes) }

  func snapshot() throws(BPBError) -> [UInt8] {
    let trie = try trie()
    var writer = GramSnapshot(trie)
    var coder = RangeEncoder()
    _ = try writer.pass(through: &coder)
    return coder.finished()
  }

  func fileBody() throws(BPBError) -> [UInt8] {
    method.body(try trie())
  }

  private func trie() throws(BPBError) -> GramTrie {
    let text = text
    return try GramTrie(text.span, order: method.order, threads: method.threads)
  }

  var memoryBytes: Int { max(text.capacity, 1) }
}
