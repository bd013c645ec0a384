/// What a user should know of a model that was made.
struct KneserNeyNotes {
  private let trie: GramTrie

  init(_ trie: GramTrie) { self.trie = trie }

  /// One sentence each.
  ///
  /// - Parameter fileBytes: of the model file's body; nil if none was made.
  func sentences(fileBytes: Int?) -> [String] {
    [grams(fileBytes), fallbacks].compactMap { $0 }
  }

  /// How many n-grams there are of each length, and what one takes in a model file of `fileBytes`.
  func grams(_ fileBytes: Int?) -> String {
    let seen = trie.levels[0].counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    let counts = [seen] + trie.levels.dropFirst().map(\.bytes.count)
    let total = counts.reduce(0, +)
    let lengths = counts.count == 1 ? "1 byte" : "1 to \(counts.count) bytes"
    let list = counts.map { String($0) }.joined(separator: " + ")
    var sentence = "\(list) n-grams of \(lengths)"
    if let fileBytes, total > 0 {
      let tenths = (80 * fileBytes + total / 2) / total
      sentence += ", \(tenths / 10).\(tenths % 10) bits each in a model file"
    }
    return sentence
  }

  /// Which orders' counts did not say what to take off them.
  private var fallbacks: String? {
    let orders = trie.discounts.indices.filter { trie.discounts[$0].isFallback }.map {
      String($0 + 1)
    }
    guard let last = orders.last else { return nil }
    let list =
      orders.count == 1
      ? "order \(last)" : "orders \(orders.dropLast().joined(separator: ", ")) and \(last)"
    return "discounts of \(list) are 1/2, 1 and 3/2: their counts of counts define none"
  }
}
