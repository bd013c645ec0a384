/// Where the nodes of the path are that the last bytes lead along.
extension ContextTreeModel where Estimator: ~Copyable {
  @inline(__always)
  mutating func findFirstNibble() {
    var hash = ContextHash.empty
    for k in 0...depth {
      if k > 0 { hash = ContextHash.extended(hash, by: recent(k)) }
      hashes[k] = hash
      slots[k] = table.pair(of: hash)
    }
  }

  @inline(__always)
  mutating func findSecondNibble(after nibble: UInt32) {
    for k in 0...depth { slots[k] = table.slot(after: nibble, in: slots[k], hash: hashes[k]) }
  }

  /// The byte `distance` bytes back, 1 for the last one; zeros came before the first.
  @inline(__always)
  private func recent(_ distance: Int) -> UInt8 {
    history[(position &+ 1 &- distance) & (ContextTree.historyBytes &- 1)]
  }

  @inline(__always)
  mutating func remember(_ byte: UInt8) {
    position = (position &+ 1) & (ContextTree.historyBytes &- 1)
    history[position] = byte
  }
}

/// The constants that context trees share, whatever their estimator.
enum ContextTree {
  static let depths = 1...24
  /// Bytes that are remembered: a power of two above the greatest depth.
  static let historyBytes = 32

  /// How many states a path can be in, see `pathState`.
  static func pathStates(depth: Int) -> Int { (depth + 1) * 12 * 32 }

  /// A power of two of at most `most` pairs, at least 2, about as many as a text of that length needs.
  /// A byte of text meets a new pair in about two thirds of its contexts, when these are long.
  static func pairs(depth: Int, most: Int, byteCount: Int) -> Int {
    let wanted = max(min(byteCount, 1 << 48), 512) * (depth + 1) / 2
    var pairs = 2
    while pairs < wanted && pairs * 2 <= most { pairs *= 2 }
    return pairs
  }
}
