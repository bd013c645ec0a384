/// A look into a `ContextTable` that changes nothing and owns nothing.
@usableFromInline
struct ContextPairs<Node: DecisionNode & ~Copyable> {
  @usableFromInline let words: UnsafeMutablePointer<UInt32>
  @usableFromInline let shift: UInt64

  @inlinable @inline(__always)
  init(words: UnsafeMutablePointer<UInt32>, shift: UInt64) {
    self.words = words
    self.shift = shift
  }

  /// How many there are.
  var count: Int { 1 << Int(64 - shift) }

  /// The pair of whatever hashes to `hash`; nil if it has none. Changes nothing.
  @inlinable @inline(__always)
  func find(_ hash: UInt64) -> UnsafeMutablePointer<UInt32>? {
    let check = UInt32(truncatingIfNeeded: hash)
    let index = Int(truncatingIfNeeded: hash &>> shift)
    let first = words + index &* (2 &* Node.wordsPerSlot)
    if first[0] == check { return first }
    let second = words + (index ^ 1) &* (2 &* Node.wordsPerSlot)
    return second[0] == check ? second : nil
  }

  /// The slot of the second nibble in the context of `pair`; nil if it has none. Changes nothing.
  @inlinable @inline(__always)
  func find(
    after nibble: UInt32, in pair: UnsafeMutablePointer<UInt32>, hash: UInt64
  ) -> UnsafeMutablePointer<UInt32>? {
    let odd = pair + Node.wordsPerSlot
    if odd[0] == nibble &+ 1 { return odd }
    if odd[0] == 0 { return nil }
    guard let overflow = find(Self.overflowHash(of: hash, nibble)) else { return nil }
    return overflow + Int(nibble & 1) &* Node.wordsPerSlot
  }

  /// The hash of the pair that holds second nibbles after `nibble` and its neighbour.
  @inlinable @inline(__always)
  static func overflowHash(of hash: UInt64, _ nibble: UInt32) -> UInt64 {
    ContextHash.mix(hash &+ UInt64(1 &+ nibble &>> 1))
  }
}
