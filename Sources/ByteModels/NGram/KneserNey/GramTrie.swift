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
  /// The children of each that are no longer there; empty where nothing was pruned.
  var pruned: [PrunedCounts] = []

  /// Bytes that it holds.
  var byteCount: Int {
    bytes.count + 4 * (counts.count + links.count + firstChildren.count + 4 * pruned.count)
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
  /// For each level how many n-grams count j, for j in 0...4, before anything was pruned.
  var countsOfCounts: [[Int]] = []

  /// The discounts that the counts of counts of each level give.
  var discounts: [KneserNeyDiscounts] {
    countsOfCounts.map { KneserNeyDiscounts(countsOfCounts: $0) }
  }

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

/// What a context's children counted that are no longer there.
struct PrunedCounts: Equatable {
  /// Children that counted one, two, and more.
  var ones: UInt32 = 0
  var twos: UInt32 = 0
  var more: UInt32 = 0
  /// What those that counted more than two counted together.
  var sum: UInt32 = 0

  /// What all of them counted.
  var total: UInt32 { ones &+ 2 &* twos &+ sum }

  /// Takes in a child that counted `count`.
  mutating func add(_ count: UInt32) {
    switch count {
    case 0: break
    case 1: ones += 1
    case 2: twos += 1
    default:
      more += 1
      sum += count
    }
  }
}
