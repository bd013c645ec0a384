import BPBCore

/// Gathers the text, and counts it when it is asked what it learned.
final class KneserNeyLearner: Learner {
  private let method: KneserNeyLearning
  private var text: [UInt8] = []
  /// Of the model last made.
  private(set) var notes: [String] = []
  private var largestTrie = 0

  init(_ method: KneserNeyLearning) { self.method = method }

  func learn(_ bytes: Span<UInt8>) { text.append(bytes) }

  func snapshot() throws(BPBError) -> [UInt8] {
    let trie = try counted()
    notes = KneserNeyNotes(method.pruned(trie)).sentences(fileBytes: nil)
    return try KneserNeySnapshot.write(trie, method)
  }

  func fileBody() throws(BPBError) -> [UInt8] {
    let all = try counted()
    let trie = method.pruned(all)
    let body = try method.grain > 0 ? method.body(method.coarse(all)) : method.body(trie)
    notes = KneserNeyNotes(trie).sentences(fileBytes: body.count)
    return body
  }

  private func counted() throws(BPBError) -> GramTrie {
    let text = text
    let trie = try method.count(text.span)
    largestTrie = max(largestTrie, trie.byteCount)
    return trie
  }

  /// The text and the largest tree that was made of it.
  var memoryBytes: Int { max(text.capacity, 1) + largestTrie }
}
