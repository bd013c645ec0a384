public import BPBCore

/// An adaptive byte-level n-gram model: the plain reference that better models are measured against.
///
/// A byte is eight binary decisions. Each order from 0 to k counts, in the context of that many bytes
/// before it, how often a decision was a one; the estimate of order j is the posterior mean under a prior
/// centred on the estimate of order j - 1 (see `BitNode.blend`), and that of order 0 is the
/// Krichevsky–Trofimov estimator. So sparse long contexts lean on short ones, and nothing is tuned but
/// one strength.
///
/// Orders 0 and 1 have a place for every context; longer contexts share hashed slots. The order is a
/// generic value, so that the loops over orders are unrolled.
public struct NGramModel<let order: Int>: ByteModel, ~Copyable {
  @usableFromInline let tables: BitNodeTables
  /// Orders 0 and 1: context 0, and 1 + the previous byte, of `slotsPerContext` each.
  @usableFromInline let direct: UnsafeMutablePointer<UInt32>
  private let directMemory: AnonymousMemory
  /// Orders 2 and up.
  @usableFromInline let table: ContextTable<BitNode>
  /// For each order the slot of the nibble in progress.
  @usableFromInline let current: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  /// For each order the slot of the first nibble, when frozen.
  @usableFromInline let firstSlots: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
  /// What a context that was never met has, when frozen: two slots of zeros.
  @usableFromInline let emptyPair: UnsafeMutablePointer<UInt32>
  /// For each order the hash of its context at the last byte boundary.
  @usableFromInline let hashes: UnsafeMutablePointer<UInt64>
  /// The bytes before, the last one lowest.
  @usableFromInline var history: UInt64 = 0
  /// The most bytes that hashed contexts may take.
  let memoryLimit: Int

  /// - Parameters:
  ///   - memory: the most bytes that hashed contexts may take.
  ///   - byteCount: raw bytes to come, so that a small input gets a small table.
  /// - Throws: `methodFailed` when there is no memory.
  public init(memory: Int, byteCount: Int) throws(BPBError) {
    try self.init(
      memory: memory, pairs: NGram.pairs(order: order, memory: memory, byteCount: byteCount))
  }

  /// A model that has seen nothing, with a table of so many pairs.
  init(memory: Int, pairs: Int) throws(BPBError) {
    precondition((0...6).contains(order), "n-gram orders go from 0 to 6")
    let directMemory = try AnonymousMemory(bytes: NGram.directWords(order: order) * 4)
    let table = try ContextTable<BitNode>(pairs: pairs)
    memoryLimit = memory
    direct = directMemory.base.assumingMemoryBound(to: UInt32.self)
    self.directMemory = directMemory
    self.table = table
    tables = BitNodeTables(strength: NGram.priorStrength)
    current = .allocate(capacity: order + 1)
    current.initialize(repeating: direct, count: order + 1)
    firstSlots = .allocate(capacity: order + 1)
    firstSlots.initialize(repeating: direct, count: order + 1)
    emptyPair = .allocate(capacity: pairWords)
    emptyPair.initialize(repeating: 0, count: pairWords)
    hashes = .allocate(capacity: order + 1)
    hashes.initialize(repeating: 0, count: order + 1)
  }

  deinit {
    current.deallocate()
    firstSlots.deallocate()
    emptyPair.deallocate()
    hashes.deallocate()
  }

  public var memoryBytes: Int { directMemory.byteCount + table.memoryBytes }

  @inlinable
  public mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8
  {
    findFirstNibble()
    let high = codeNibble(UInt32(byte &>> 4), with: &coder)
    findSecondNibble(after: high)
    let low = codeNibble(UInt32(byte & 15), with: &coder)
    let coded = high &<< 4 | low
    history = history &<< 8 | UInt64(coded)
    return UInt8(truncatingIfNeeded: coded)
  }

  @inlinable @inline(__always)
  mutating func codeNibble<C: SymbolCoder & ~Copyable>(
    _ nibble: UInt32, with coder: inout C
  ) -> UInt32 {
    // What the loop reads again and again, in registers; each node is read once.
    let slots = current
    let (weights, rootWeights) = (tables.weights, tables.rootWeights)
    let (rates, increments) = (tables.rates, tables.increments)
    var nodes = InlineArray<7, UInt32>(repeating: 0)
    var place = 1
    var shift: UInt32 = 4
    while shift > 0 {
      shift &-= 1
      // The orders' estimates, blended from the shortest context up.
      nodes[0] = slots[0][place]
      var estimate = BitNode.blend(nodes[0], into: BitNode.evenOdds, rootWeights)
      for k in 0..<order {
        nodes[k &+ 1] = slots[k &+ 1][place]
        estimate = BitNode.blend(nodes[k &+ 1], into: estimate, weights)
      }
      let bit = coder.code(
        bit: nibble &>> shift & 1, probability: BitNode.probability(of: estimate))
      let target = BitNode.target(bit)
      for k in 0...order {
        slots[k][place] = BitNode.updated(nodes[k], target: target, rates, increments)
      }
      place = place &<< 1 | Int(bit)
    }
    return UInt32(truncatingIfNeeded: place) & 15
  }

  @inlinable @inline(__always)
  mutating func findFirstNibble() {
    current[0] = direct
    guard order >= 1 else { return }
    let previous = Int(history & 0xFF)
    current[1] = direct + (1 &+ previous) &* (NGram.slotsPerContext &* slotWords)
    guard order >= 2 else { return }
    for k in 2...order {
      let hash = ContextHash.hash(history & ((1 &<< UInt64(8 &* k)) &- 1), order: k)
      hashes[k] = hash
      current[k] = table.pair(of: hash)
    }
  }

  @inlinable @inline(__always)
  mutating func findSecondNibble(after nibble: UInt32) {
    let offset = Int(nibble &+ 1) &* slotWords
    current[0] += offset
    guard order >= 1 else { return }
    current[1] += offset
    guard order >= 2 else { return }
    for k in 2...order {
      current[k] = table.slot(after: nibble, in: current[k], hash: hashes[k])
    }
  }
}

/// The constants and hashes that n-gram models of every order share.
@usableFromInline
enum NGram {
  /// The strength c of the priors, in visits: chosen on texts that no published figure is taken from.
  static let priorStrength: Int64 = 4
  /// Slots of one context: the first nibble's and sixteen of the second.
  @usableFromInline static let slotsPerContext = 17

  /// Words of the places that the contexts of orders 0 and 1 have.
  static func directWords(order: Int) -> Int {
    (order == 0 ? 1 : 257) * slotsPerContext * slotWords
  }

  /// The most pairs that `memory` holds, at least 2.
  static func mostPairs(memory: Int) -> Int { max(memory / (pairWords * 4), 2) }

  /// A power of two within `memory`, about as many as text of that length needs: memory that is only
  /// touched costs time too. The share of contexts that are new grows about as the square of the order.
  static func pairs(order: Int, memory: Int, byteCount: Int) -> Int {
    guard order >= 2 else { return 2 }
    let most = mostPairs(memory: memory)
    let wanted = max(min(byteCount, 1 << 48), 512) * (order - 1) * (order - 1) / 32
    var pairs = 2
    while pairs < wanted && pairs * 2 <= most { pairs *= 2 }
    return pairs
  }
}
