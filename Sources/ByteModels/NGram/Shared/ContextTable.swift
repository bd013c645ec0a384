import BPBCore

/// Words in a slot that keeps one word a decision: a header word and the 15 binary decisions of one
/// nibble, numbered as a heap from 1. One cache line.
@usableFromInline let slotWords = 16

/// Words in a pair of such slots.
@usableFromInline let pairWords = 2 * slotWords

/// What a table of contexts keeps of a binary decision: one or more words of 32 bits.
///
/// Of several words the second ones of a slot's decisions follow all the first ones, as a slot of their
/// own without a header, and so on. Zeroed words are a decision that was never met.
@usableFromInline
package protocol DecisionNode: ~Copyable {
  /// Words a decision.
  static var words: Int { get }

  /// How often `slot` was in use, at least about; 0 if it never was.
  static func visits(_ slot: UnsafeMutablePointer<UInt32>) -> UInt32
}

extension DecisionNode where Self: ~Copyable {
  /// Words in a slot of such decisions.
  @inlinable
  static var wordsPerSlot: Int { @inline(__always) get { slotWords &* words } }
}

/// A fixed number of pairs of slots, found by hash: what a model knows in each of its contexts.
///
/// A context's pair holds the first nibble of the byte in its even slot, and in its odd slot the second
/// nibble after the first nibble that was met there first. Long contexts mostly see one byte, so one
/// stretch of memory serves the whole byte. What follows other first nibbles goes to pairs of its own,
/// two nibbles in each. When two contexts compete for a pair, the one met less often yields.
@usableFromInline
struct ContextTable<Node: DecisionNode & ~Copyable>: ~Copyable {
  @usableFromInline let words: UnsafeMutablePointer<UInt32>
  private let memory: AnonymousMemory
  @usableFromInline let shift: UInt64

  /// - Parameter pairs: a power of two, at least 2; each takes 128 bytes for every word of a decision.
  /// - Throws: `methodFailed` when there is no memory for them.
  init(pairs: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: pairs * 2 * Node.wordsPerSlot * 4)
    words = memory.base.assumingMemoryBound(to: UInt32.self)
    shift = UInt64(64 - pairs.trailingZeroBitCount)
  }

  /// The pairs, to be read.
  @inlinable
  var pairs: ContextPairs<Node> {
    @inline(__always) get { ContextPairs(words: words, shift: shift) }
  }

  /// Bytes allocated.
  var memoryBytes: Int { memory.byteCount }

  /// The pair of whatever hashes to `hash`, cleared if it was another's.
  @inlinable @inline(__always)
  func pair(of hash: UInt64) -> UnsafeMutablePointer<UInt32> {
    let check = UInt32(truncatingIfNeeded: hash)
    let index = Int(truncatingIfNeeded: hash &>> shift)
    let first = words + index &* (2 &* Node.wordsPerSlot)
    if first[0] == check { return first }
    let second = words + (index ^ 1) &* (2 &* Node.wordsPerSlot)
    if second[0] == check { return second }
    return replace(first, second, check)
  }

  /// The slot of the second nibble in the context of `pair`.
  ///
  /// - Parameters:
  ///   - nibble: the first nibble, 0...15.
  ///   - hash: of the context, for the pairs that it overflows into.
  @inlinable @inline(__always)
  func slot(
    after nibble: UInt32, in pair: UnsafeMutablePointer<UInt32>, hash: UInt64
  ) -> UnsafeMutablePointer<UInt32> {
    let odd = pair + Node.wordsPerSlot
    let owner = nibble &+ 1
    if odd[0] == owner { return odd }
    if odd[0] == 0 {
      odd[0] = owner
      return odd
    }
    let overflow = self.pair(of: ContextPairs<Node>.overflowHash(of: hash, nibble))
    return overflow + Int(nibble & 1) &* Node.wordsPerSlot
  }

  @inlinable @inline(never)
  func replace(
    _ first: UnsafeMutablePointer<UInt32>, _ second: UnsafeMutablePointer<UInt32>, _ check: UInt32
  ) -> UnsafeMutablePointer<UInt32> {
    let victim = visits(first) <= visits(second) ? first : second
    victim.update(repeating: 0, count: 2 &* Node.wordsPerSlot)
    victim[0] = check
    return victim
  }

  /// Every visit to a slot passes its first node, so that node counts them.
  @inlinable
  func visits(_ pair: UnsafeMutablePointer<UInt32>) -> UInt32 {
    max(Node.visits(pair), Node.visits(pair + Node.wordsPerSlot))
  }
}
