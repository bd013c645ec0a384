/// Passes an n-gram model's tables through a coder: one body that measures, writes and reads them.
///
/// Contexts are gone through from short to long, each longer one x·u after the shorter u that it ends
/// with. Most of its counts follow from others. That x·u was met, and how often, is what the context
/// without its last byte counted for that byte; every decision's visits are what the decision before it
/// counted; and the counts of all x·u together are those of u, so that the last ones need no bits and
/// the others few: they are draws from an urn (see `Urn`). No hash is passed.
///
/// Where counts were lost, to forgetting or to a table that was too small, these ties do not hold. One
/// decision a slot says whether they do; contexts that nothing leads to come at the end, with their hash.
struct NGramSnapshot: ~Copyable {
  let order: Int
  /// What is passed; in a reader, empty tables whose contents do not matter.
  let source: NGramTables
  /// What comes out, on both sides alike: all that is coded is predicted from it alone.
  let target: NGramTables
  var bits = SnapshotBits()
  /// Pairs of the target that are in use, and pairs of the source that were passed.
  var isTaken: [Bool]
  var isPassed: [Bool]
  var urn: Urn
  /// Two slots of zeros.
  let nothing: UnsafeMutablePointer<UInt32>

  init(order: Int, from source: NGramTables, to target: NGramTables) {
    self.order = order
    self.source = source
    self.target = target
    isTaken = [Bool](repeating: false, count: target.pairs.count)
    isPassed = [Bool](repeating: false, count: source.pairs.count)
    urn = Urn(target)
    nothing = .allocate(capacity: pairWords)
    nothing.initialize(repeating: 0, count: pairWords)
  }

  deinit { nothing.deallocate() }

  /// Passes everything.
  mutating func pass<C: SymbolCoder & ~Copyable>(through coder: inout C) {
    passDirect(0, order: 0, expecting: nil, with: &coder)
    guard order >= 1 else { return }
    let root = target.context(0, order: 0)!
    urn.begin(0, order: 0)
    for byte in 0..<256 {
      // A stream begins as if after zeros, so the context of a zero was met once more.
      let expected = target.count(of: byte, in: root).map { $0 + (byte == 0 ? 1 : 0) }
      passDirect(UInt64(byte), order: 1, expecting: expected, with: &coder)
    }
    guard order >= 2 else { return }
    passHashed(with: &coder)
    passOrphans(with: &coder)
  }

  /// Passes the contexts of two bytes and more that others lead to.
  private mutating func passHashed<C: SymbolCoder & ~Copyable>(with coder: inout C) {
    let predecessors = Predecessors(target)
    var contexts = (0..<256).map { UInt64($0) }.filter {
      target.context($0, order: 1)!.visits > 0
    }
    for k in 2...order {
      let met = ContextSet(contexts)
      var longer: [UInt64] = []
      for text in contexts where !coder.isExhausted {
        urn.begin(text, order: k - 1)
        for before in predecessors.of(text, order: k - 1) where !urn.isSpent {
          let context = UInt64(before) << UInt64(8 * (k - 1)) | text
          let isMet = passContext(context, order: k, met, with: &coder)
          // A bound for what a hostile snapshot can make of this.
          if isMet && longer.count < 4 * target.pairs.count { longer.append(context) }
        }
      }
      contexts = longer
    }
  }

  /// Passes one context of two bytes or more, if it has a pair; tells whether it was met, with or
  /// without one, as far as that is known.
  private mutating func passContext<C: SymbolCoder & ~Copyable>(
    _ text: UInt64, order: Int, _ met: borrowing ContextSet, with coder: inout C
  ) -> Bool {
    var expected: UInt32?
    if let before = target.context(text >> 8, order: order - 1) {
      expected = target.count(of: Int(text & 0xFF), in: before)
      if text == 0 { expected = expected.map { $0 + 1 } }
    }
    // Without counts of the shorter context there must be some other reason to ask.
    if !urn.isOwn && (expected == 0 || (expected == nil && !met.contains(text >> 8))) {
      return false
    }
    let hash = ContextHash.hash(text, order: order)
    if let pair = passPlace(of: hash, expecting: expected, with: &coder) {
      urn.fill()
      passContextPair(pair, hash: hash, expecting: expected, with: &coder)
      return true
    }
    return expected.map { $0 > 0 } ?? (urn.isOwn && met.contains(text >> 8))
  }
}

/// Which bytes came before which, from the counts of order 1.
private struct Predecessors: ~Copyable {
  /// All predecessors, by the byte that they precede.
  private var bytes: [UInt8] = []
  /// Where those of each byte begin in `bytes`; the last one where they end.
  private var starts = [0]

  init(_ tables: NGramTables) {
    for byte in 0..<256 {
      for before in 0..<256 {
        let context = tables.context(UInt64(before), order: 1)!
        let isStart = byte == 0 && before == 0
        if isStart || tables.count(of: byte, in: context) != 0 { bytes.append(UInt8(before)) }
      }
      starts.append(bytes.count)
    }
  }

  /// Those of the first of the last `order` bytes of `text`.
  borrowing func of(_ text: UInt64, order: Int) -> ArraySlice<UInt8> {
    let first = Int(text >> UInt64(8 * (order - 1)) & 0xFF)
    return bytes[starts[first]..<starts[first + 1]]
  }
}

/// A set of contexts of one order, hashed.
struct ContextSet: ~Copyable {
  private var slots: [UInt64]
  private let shift: UInt64
  private static let free = UInt64.max

  init(_ contexts: [UInt64]) {
    var bits = 1
    while 1 << bits < 2 * contexts.count { bits += 1 }
    slots = [UInt64](repeating: Self.free, count: 1 << bits)
    shift = UInt64(64 - bits)
    for context in contexts { slots[place(of: context)] = context }
  }

  borrowing func contains(_ context: UInt64) -> Bool { slots[place(of: context)] == context }

  /// Where `context` is, or would be.
  private borrowing func place(of context: UInt64) -> Int {
    var index = Int(truncatingIfNeeded: ContextHash.mix(context) &>> shift)
    while slots[index] != Self.free && slots[index] != context {
      index = (index + 1) & (slots.count - 1)
    }
    return index
  }
}
