/// A look at the tables of an n-gram model, whatever its order. Owns nothing.
struct NGramTables {
  let direct: UnsafeMutablePointer<UInt32>
  let pairs: ContextPairs<BitNode>

  /// The context of the last `order` bytes of `text`; nil if it has no slots.
  @inline(__always)
  func context(_ text: UInt64, order: Int) -> NGramContext? {
    guard order >= 2 else {
      let index = order == 0 ? 0 : 1 &+ Int(text & 0xFF)
      let slot = direct + index &* (NGram.slotsPerContext &* slotWords)
      return NGramContext(order: order, hash: 0, first: slot)
    }
    let hash = ContextHash.hash(text, order: order)
    guard let pair = pairs.find(hash), !NGramTables.isEmpty(pair) else { return nil }
    return NGramContext(order: order, hash: hash, first: pair)
  }

  /// The slot of the second nibble after `nibble`; nil if there is none.
  @inline(__always)
  func slot(after nibble: Int, in context: NGramContext) -> UnsafeMutablePointer<UInt32>? {
    guard context.order >= 2 else { return context.first + (nibble &+ 1) &* slotWords }
    return pairs.find(
      after: UInt32(truncatingIfNeeded: nibble), in: context.first, hash: context.hash)
  }

  /// How often `byte` came in `context`, as far as its slots tell; nil if they do not.
  @inline(__always)
  func count(of byte: Int, in context: NGramContext) -> UInt32? {
    guard NGramTables.count(of: byte &>> 4, in: context.first) > 0 else { return 0 }
    guard let slot = slot(after: byte &>> 4, in: context) else { return nil }
    return NGramTables.count(of: byte & 15, in: slot)
  }

  /// How often `nibble` came where `slot` was in use; with a forgetful last decision about how often.
  @inline(__always)
  static func count(of nibble: Int, in slot: UnsafeMutablePointer<UInt32>) -> UInt32 {
    let node = slot[8 | nibble &>> 1]
    let ones = BitNode.ones(node)
    return nibble & 1 == 1 ? ones : (node & 0xFF) &- ones
  }

  /// Whether no context has this pair.
  @inline(__always)
  static func isEmpty(_ pair: UnsafeMutablePointer<UInt32>) -> Bool {
    pair[0] | pair[1] | pair[slotWords] | pair[slotWords &+ 1] == 0
  }
}

/// Where a context's slots are.
struct NGramContext {
  let order: Int
  let hash: UInt64
  /// The slot of the first nibble; of orders 2 and up, the pair.
  let first: UnsafeMutablePointer<UInt32>

  /// How often the context was met, up to the limit of counting.
  var visits: UInt32 { first[1] & 0xFF }
}
