import BPBCore

/// Gathers the text, and counts it when it is asked what it learned.
final class KneserNeyLearner: Learner {
  private let method: KneserNeyLearning
  private var text: [UInt8] = []

  init(_ method: KneserNeyLearning) { self.method = method }

  func learn(_ bytes: Span<UInt8>) { text.append(bytes) }

  func snapshot() throws(BPBError) -> [UInt8] {
    let text = text
    return try KneserNeySnapshot.write(try method.count(text.span), method)
  }

  func fileBody() throws(BPBError) -> [UInt8] {
    let text = text
    let trie = try method.count(text.span)
    return try method.body(method.pruned(trie))
  }

  var memoryBytes: Int { max(text.capacity, 1) }
}
