package import BPBCore

/// The contexts of a PPM model up to an order, in one bounded stretch of memory.
///
/// A suffix tree of contexts whose counts are inherited: a context that is built takes the first frequency
/// of its symbol from the context one byte shorter (D. Shkarin, "PPM: one step to practicality", DCC
/// 2002, and the variant H of his PPMd, whose constants these are). Contexts that were met once are not
/// built: their entry points into the text, from where they grow by one byte each time they are met again.
///
/// Memory policy: one part in eight is for text, the rest for contexts; when either is used up, `isFull`
/// becomes true and the tree has to begin anew.
package struct PPMTree: ~Copyable {
  let base: UnsafeMutableRawPointer
  private let memory: AnonymousMemory
  var arena: BlockArena<ContextBlocks>
  /// The longest context, in bytes.
  let order: Int
  /// Offsets up to this one lie in the text.
  let textEnd: UInt32
  /// Where the next byte of text goes.
  var textPosition: UInt32 = 0
  /// How many bytes the current context is shorter than the longest possible.
  var shortfall = 0
  /// The context that the next byte is looked for in.
  var current: UInt32 = 0
  /// The longest context there is for the next byte.
  var longest: UInt32 = 0
  /// The entry that the last byte was found in.
  var found: PPMEntry
  /// What the sum of a context begins with for the escape, when a binary one gets its second symbol.
  var initialEscape = 0
  /// The most bytes that were in use before a restart.
  private var bytesOfForgotten = 0
  /// Whether memory was used up; `restart` is due.
  private(set) var isFull = false
  /// Entries on the way from a long context to the one that knows a successor.
  let path: UnsafeMutablePointer<UnsafeMutableRawPointer>

  /// Frequencies beyond this one are halved.
  static let mostFrequency = 124
  /// The orders that a tree may have.
  package static let orders = 2...32

  /// - Parameter memory: bytes, under 2^32.
  /// - Throws: `methodFailed` when there is no memory.
  package init(order: Int, memory bytes: Int) throws(BPBError) {
    precondition(Self.orders.contains(order) && bytes < 1 << 32)
    let memory = try AnonymousMemory(bytes: bytes)
    let base = memory.base
    self.base = base
    self.memory = memory
    self.order = order
    textEnd = UInt32(bytes / 8)
    let start = (bytes / 8 / ContextBlocks.unitBytes + 1) * ContextBlocks.unitBytes
    arena = BlockArena(base: base, start: UInt32(start), end: UInt32(bytes))
    path = .allocate(capacity: order + 2)
    found = PPMEntry(base)
    restart()
  }

  deinit { path.deallocate() }

  /// The most bytes that were in use at any time.
  var memoryBytes: Int {
    max(bytesOfForgotten, Int(textPosition) + arena.usedBytes)
  }

  @inline(__always)
  func context(_ offset: UInt32) -> PPMContext { PPMContext(base + Int(offset)) }

  @inline(__always)
  func entries(of context: PPMContext) -> PPMEntry { PPMEntry(base + Int(context.entries)) }

  /// The order of the current context, where no context was left out on the way.
  @inline(__always)
  var depth: Int { max(order &- shortfall, 0) }

  /// Forgets everything: what is left is the empty context, in which every byte is as likely.
  mutating func restart() {
    bytesOfForgotten = memoryBytes
    arena.reset()
    isFull = false
    textPosition = 1  // 0 says that there is no successor.
    shortfall = order
    initialEscape = 0
    let root = arena.allocate(units: 1)
    let table = arena.allocate(units: ContextBlocks.mostUnits)
    let context = context(root)
    context.symbolCount = 256
    context.sum = 257
    context.entries = table
    context.suffix = 0
    found = PPMEntry(base + Int(table))
    for symbol in 0..<256 {
      let entry = found[symbol]
      entry.symbol = UInt8(symbol)
      entry.frequency = 1
      entry.successor = 0
    }
    current = root
    longest = root
  }

  /// Says that memory was used up.
  mutating func noteFull() { isFull = true }

  /// Moves from the current context to the one that is one byte shorter, past those of `symbolCount`
  /// symbols, which are all excluded already.
  @inline(__always)
  mutating func escape(past symbolCount: Int) -> PPMContext {
    var shorter: PPMContext
    repeat {
      shortfall &+= 1
      current = context(current).suffix
      shorter = context(current)
    } while shorter.symbolCount == symbolCount
    return shorter
  }

  /// Moves on past `found`: where its context is of full order and its successor is built, nothing but
  /// that has to be done.
  @inline(__always)
  mutating func advance() {
    let next = found.successor
    if shortfall == 0 && next > textEnd {
      current = next
      longest = next
    } else {
      learn()
    }
  }
}
