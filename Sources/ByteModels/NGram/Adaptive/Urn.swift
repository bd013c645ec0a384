/// The counts that a context u has left for the longer contexts x·u still to come, or where u has none,
/// those of a shorter context, as a guide.
///
/// Counts that had reached their limit were forgetful: nothing is taken from them, they too only guide.
struct Urn: ~Copyable {
  private let tables: NGramTables
  /// A word a decision, by slot: the first nibble's, and those of the second nibbles. See `UrnNode`.
  private let nodes: UnsafeMutablePointer<UInt32>
  private var text: UInt64 = 0
  private var order = 0
  private var isFilled = false
  /// Whether u has counts of its own.
  private(set) var isOwn = false

  init(_ tables: NGramTables) {
    self.tables = tables
    nodes = .allocate(capacity: NGram.slotsPerContext * slotWords)
    nodes.initialize(repeating: 0, count: NGram.slotsPerContext * slotWords)
  }

  deinit { nodes.deallocate() }

  /// The counts of the slot of the second nibble after `nibble`, nil: those of the first nibble.
  func slot(after nibble: Int?) -> UnsafeMutablePointer<UInt32> {
    nodes + (nibble.map { $0 &+ 1 } ?? 0) &* slotWords
  }

  /// How much is left of the context's own visits; nil without a limit.
  var visitsLeft: UInt32? { isOwn ? UrnNode.visitsLeft(nodes[1]) : nil }

  /// Whether nothing is left that a longer context could have.
  var isSpent: Bool { visitsLeft == 0 }

  /// Begins with the counts of the last `order` bytes of `text`.
  mutating func begin(_ text: UInt64, order: Int) {
    self.text = text
    self.order = order
    isFilled = false
    isOwn = tables.context(text, order: order) != nil
    copy(to: slot(after: nil)) { _, context in context.first }
    if order == 0 { fill() }
  }

  /// Begins with the counts of order 0, as a guide for contexts that are not known.
  mutating func beginGuide() {
    begin(0, order: 0)
    isOwn = false
    for i in 0..<NGram.slotsPerContext * slotWords {
      nodes[i] |= UrnNode.isGuide | UrnNode.isBorrowed
    }
  }

  /// Fills the slots of the second nibbles: before any of them is read, but not where no context comes.
  mutating func fill() {
    guard !isFilled else { return }
    isFilled = true
    let first = slot(after: nil)
    for nibble in 0..<16 {
      let part = slot(after: nibble)
      if UrnNode.count(of: nibble, in: first) > 0 {
        copy(to: part) { tables, context in tables.slot(after: nibble, in: context) }
      } else {
        part.update(repeating: 0, count: slotWords)
      }
    }
  }

  /// Copies the slot that `find` finds in the longest context that has it.
  private func copy(
    to part: UnsafeMutablePointer<UInt32>,
    _ find: (NGramTables, NGramContext) -> UnsafeMutablePointer<UInt32>?
  ) {
    for k in (0...order).reversed() {
      let mask = k == 0 ? 0 : UInt64.max >> UInt64(64 - 8 * k)
      guard let context = tables.context(text & mask, order: k) else { continue }
      guard let slot = find(tables, context), slot[1] != 0 else { continue }
      let flags = k == order ? 0 : UrnNode.isBorrowed
      for place in 1..<slotWords { part[place] = UrnNode.node(slot[place], flags: flags) }
      return
    }
    part.update(repeating: 0, count: slotWords)
  }

  /// Takes a slot's counts, which are within what is left.
  func take(_ slot: UnsafeMutablePointer<UInt32>, after nibble: Int?) {
    let part = self.slot(after: nibble)
    for place in 1..<slotWords {
      let visits = slot[place] & 0xFF
      guard visits > 0, let left = UrnNode.visitsLeft(part[place]), left >= visits else { continue }
      part[place] = part[place] &- visits &- BitNode.ones(slot[place]) &<< 8
    }
  }
}

/// One decision in an urn: visits in 8 bits, ones among them in the next 8, and what they are worth.
enum UrnNode {
  /// Counts from which nothing is taken: forgetful ones, and those of a shorter context.
  static let isGuide: UInt32 = 1 << 16
  /// Counts of a shorter context.
  static let isBorrowed: UInt32 = 1 << 17

  /// The node of an n-gram model's node.
  @inline(__always)
  static func node(_ node: UInt32, flags: UInt32) -> UInt32 {
    let visits = node & 0xFF
    let guide = flags != 0 || visits == BitNode.visitLimit ? isGuide : 0
    return flags | guide | BitNode.ones(node) &<< 8 | visits
  }

  /// How many visits can be taken; nil for a guide.
  @inline(__always)
  static func visitsLeft(_ node: UInt32) -> UInt32? { node & isGuide == 0 ? node & 0xFF : nil }

  /// How often `nibble` came in a slot of an urn.
  static func count(of nibble: Int, in part: UnsafeMutablePointer<UInt32>) -> UInt32 {
    let node = part[8 | nibble &>> 1]
    let ones = node &>> 8 & 0xFF
    return nibble & 1 == 1 ? ones : node & 0xFF &- ones
  }

  /// How many of `visits` can be ones: all, unless the urn says less.
  @inline(__always)
  static func range(visits: UInt32, from node: UInt32) -> (least: UInt32, most: UInt32) {
    guard let left = visitsLeft(node), left >= visits else { return (0, visits) }
    let ones = node &>> 8
    let zeros = left &- ones
    return (visits > zeros ? visits &- zeros : 0, min(visits, ones))
  }
}
