public import BPBCore

/// Pitman–Yor processes over contexts of all lengths, learned online: the sequence memoizer (Wood, Archambeau, Gasthaus, James
/// and Teh 2009).
///
/// Orders 0 to 6 and 8 have restaurants (`RestaurantChain`); above them stands the longest match, however long it is: the
/// unbounded end of the tree, where a context longer than those that have restaurants is kept as text only, as a suffix tree's
/// leaf is. The byte that followed where it stood before is the one dish, with one customer, of a restaurant of that depth.
public struct SequenceMemoizer: DistributionModel, ~Copyable {
  var chain: RestaurantChain
  var match: LongestMatch
  /// The bytes before, the last one lowest.
  var history: UInt64 = 0
  var byteCount = 0

  /// The orders that have restaurants.
  static let orderCount = 8
  static let levelCount = orderCount + 1

  /// - Parameters:
  ///   - memory: the most bytes that the model may take, apart from about 80 KB.
  ///   - byteCount: raw bytes to come, so that a small input gets small tables.
  /// - Throws: `methodFailed` when there is no memory.
  public init(memory: Int, byteCount: Int) throws(BPBError) {
    let layout = MemoizerLayout(memory: memory, byteCount: byteCount)
    let chain = try RestaurantChain(
      levels: Self.orderCount, bytes: layout.slotBytes, arenaBytes: layout.arenaBytes)
    let match = try LongestMatch(
      bytes: layout.textBytes, bytesPerEntry: MemoizerLayout.textBytesPerPlace)
    self.chain = chain
    self.match = match
  }

  public var memoryBytes: Int { chain.memoryBytes + match.memoryBytes }

  public var next: ByteDistribution { _read { yield chain.next } }

  public mutating func predict() {
    look()
    chain.fillDistribution()
  }

  public mutating func observe(_ byte: UInt8) {
    chain.observe(byte)
    history = history &<< 8 | UInt64(byte)
    match.advance(past: byte, history: history)
    byteCount &+= 1
  }

  /// Finds what is known about the context, and what each level's weight is.
  @inline(__always)
  mutating func look() {
    // All hashes before any look-up: the look-ups do not wait for each other.
    let known = knownOrders
    for level in 0..<known {
      chain.hashes[level] = Self.hash(history, order: Self.order(level))
    }
    let top =
      match.length > 0
      ? RestaurantChain.Top(
        byte: UInt8(truncatingIfNeeded: match.expected), trust: match.lengthClass) : nil
    chain.look(known: known, top: top, text: history)
  }

  /// The order of each level's contexts.
  @inline(__always)
  static func order(_ level: Int) -> Int { level == 7 ? 8 : level }

  /// The levels below the longest match whose contexts have begun.
  @inline(__always)
  private var knownOrders: Int { byteCount < 8 ? min(byteCount &+ 1, 7) : Self.orderCount }

  /// The hash of the context of `order` bytes, at most 8.
  @inline(__always)
  static func hash(_ text: UInt64, order: Int) -> UInt64 {
    guard order < 8 else { return ContextHash.mix(ContextHash.mix(text) ^ 0x9E37_79B9_7F4A_7C15) }
    return ContextHash.hash(text & ((1 &<< UInt64(8 &* order)) &- 1), order: order)
  }
}

/// How a memoizer's memory is divided.
struct MemoizerLayout {
  let textBytes: Int
  let slotBytes: Int
  let arenaBytes: Int
  /// Bytes of text to an entry, of four bytes, of their index.
  static let textBytesPerPlace = 2

  /// A sixteenth for the text, 4 KiB at least, and an eighth for its index, rounded down to powers of two; of the rest seven
  /// parts of ten for restaurants and three for their dishes.
  init(memory: Int, byteCount: Int) {
    let useful = max(min(byteCount, 1 << 40), 1 << 10) * 24 + 1 << 14
    let memory = max(min(memory, useful), 1 << 14)
    let text = 1 << (Int.bitWidth - 1 - (memory / 16).leadingZeroBitCount)
    textBytes = min(max(text, 1 << 12), 1 << 32)
    let rest = memory - textBytes - 4 * (textBytes / Self.textBytesPerPlace)
    slotBytes = rest / 10 * 7
    arenaBytes = rest / 10 * 3
  }
}
