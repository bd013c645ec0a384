/// Passes an n-gram model's tables through a coder: one body that measures, writes and reads them.
///
/// Contexts are gone through from short to long, each longer one x·u after the shorter u that it ends
/// with. Nearly all of its counts follow from others. That x·u was met, and how often, is what the
/// context without its last byte counted for that byte; every decision's visits are what the decision
/// before it counted; and the counts of all x·u together are those of u, so that the last ones need no
/// bits, and the others few: like draws from an urn of which one sees what is left. No hash is passed.
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
  /// What is left of the counts of u for the x·u to come, slot by slot; see `UrnNode`.
  let urn: UnsafeMutablePointer<UInt32>
  /// A slot of zeros.
  let nothing: UnsafeMutablePointer<UInt32>

  init(order: Int, from source: NGramTables, to target: NGramTables) {
    self.order = order
    self.source = source
    self.target = target
    isTaken = [Bool](repeating: false, count: target.pairs.count)
    isPassed = [Bool](repeating: false, count: source.pairs.count)
    urn = .allocate(capacity: NGram.slotsPerContext * slotWords)
    urn.initialize(repeating: 0, count: NGram.slotsPerContext * slotWords)
    nothing = .allocate(capacity: pairWords)
    nothing.initialize(repeating: 0, count: pairWords)
  }

  deinit {
    urn.deallocate()
    nothing.deallocate()
  }

  /// Passes everything.
  mutating func pass<C: SymbolCoder & ~Copyable>(through coder: inout C) {
    let root = target.context(0, order: 0)!
    passDirect(0, order: 0, expecting: nil, with: &coder)
    guard order >= 1 else { return }
    fillUrn(from: root)
    for byte in 0..<256 {
      let expected = target.count(of: byte, in: root).map { $0 + (byte == 0 ? 1 : 0) }
      passDirect(UInt64(byte), order: 1, expecting: expected, with: &coder)
    }
    guard order >= 2 else { return }
    let predecessors = Predecessors(target)
    var contexts = (0..<256).map { UInt64($0) }
    for k in 2...order {
      var longer: [UInt64] = []
      for text in contexts where !coder.isExhausted {
        extend(text, to: k, by: predecessors, into: &longer, with: &coder)
      }
      contexts = longer
    }
    passOrphans(with: &coder)
  }

  /// Passes the contexts of `order` bytes that end with `text`, and lists them.
  private mutating func extend<C: SymbolCoder & ~Copyable>(
    _ text: UInt64, to order: Int, by predecessors: borrowing Predecessors,
    into contexts: inout [UInt64], with coder: inout C
  ) {
    guard let shorter = target.context(text, order: order - 1) else { return }
    guard shorter.first[1] & 0xFF > 0 else { return }
    fillUrn(from: shorter)
    let first = Int(text >> UInt64(8 * (order - 2)) & 0xFF)
    for index in predecessors.starts[first]..<predecessors.starts[first + 1] {
      if UrnNode.isEmpty(urn[1]) { return }
      let longer = UInt64(predecessors.bytes[index]) << UInt64(8 * (order - 1)) | text
      if passContext(longer, order: order, with: &coder) { contexts.append(longer) }
    }
  }

  /// Passes one context of two bytes or more, if it was met; tells whether it was.
  private mutating func passContext<C: SymbolCoder & ~Copyable>(
    _ text: UInt64, order: Int, with coder: inout C
  ) -> Bool {
    var expected: UInt32?
    if let before = target.context(text >> 8, order: order - 1) {
      expected = target.count(of: Int(text & 0xFF), in: before)
      // The stream begins as if after zeros.
      if text == 0 { expected! += 1 }
      if expected == 0 { return false }
    }
    let hash = NGram.hash(text, order: order)
    guard let pair = passPlace(of: hash, expecting: expected, with: &coder) else { return false }
    passContextPair(pair, hash: hash, order: order, expecting: expected, with: &coder)
    return true
  }
}

/// Which bytes came before which, from the counts of order 1.
struct Predecessors: ~Copyable {
  /// All predecessors, by the byte that they precede.
  private(set) var bytes: [UInt8] = []
  /// Where those of each byte begin in `bytes`; the last one where they end.
  private(set) var starts = [0]

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
}
