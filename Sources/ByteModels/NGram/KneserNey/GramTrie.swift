/// The n-grams of one length n, sorted, as children of those of length n - 1.
struct GramLevel {
  /// The last byte of each.
  var bytes: [UInt8] = []
  /// How often each came: at the highest order the times that it stands in the text; below that the
  /// different bytes that came before it, the beginning of the text counting as one (Kneser and Ney 1995).
  var counts: [UInt32] = []
  /// The n-gram of length n - 1 that is left without the first byte; none at the first level.
  var links: [UInt32] = []
  /// Where in the level above the children of each begin, and one bound more; none at the last level.
  var firstChildren: [UInt32] = []
  /// What the children of each counted that are no longer there; empty where nothing was pruned.
  var pruned: [UInt32] = []

  /// Bytes that it holds.
  var byteCount: Int {
    bytes.count + 4 * (counts.count + links.count + firstChildren.count + pruned.count)
  }
}

/// The n-grams of a text of length 1 to `order`, counted: a tree in which an n-gram's children are those
/// that go on after it, and its link leads to the n-gram that ends it.
///
/// The first level has all 256 bytes, each at its own index, whether they came or not.
struct GramTrie {
  /// Level n - 1 holds the n-grams of length n.
  var levels: [GramLevel]
  /// The bytes that the text begins and ends with, one less than the order of each if it has them.
  var ends: TextEnds

  /// The longest n-grams' length.
  var order: Int { levels.count }
  /// Bytes that it holds.
  var byteCount: Int { levels.reduce(0) { $0 + $1.byteCount } }

  /// The index of `gram` in its level; nil if it never came.
  func find(_ gram: some Collection<UInt8>) -> Int? {
    guard let first = gram.first, gram.count <= order else { return nil }
    var index = Int(first)
    for (depth, byte) in gram.dropFirst().enumerated() {
      guard let child = child(byte, of: index, at: depth) else { return nil }
      index = child
    }
    return index
  }

  private func child(_ byte: UInt8, of index: Int, at depth: Int) -> Int? {
    let bounds = levels[depth].firstChildren
    let children = Int(bounds[index])..<Int(bounds[index + 1])
    return children.first { levels[depth + 1].bytes[$0] == byte }
  }
}

/// How a text begins and ends: what the counts of its n-grams alone do not tell.
struct TextEnds: Equatable {
  var first: [UInt8] = []
  var last: [UInt8] = []

  /// At most `length` bytes of either end of `text`.
  init(_ text: Span<UInt8>, length: Int) {
    let count = min(length, text.count)
    for i in 0..<count {
      first.append(text[i])
      last.append(text[text.count - count + i])
    }
  }

  /// Ends that are known.
  init(first: [UInt8], last: [UInt8]) {
    self.first = first
    self.last = last
  }
}
