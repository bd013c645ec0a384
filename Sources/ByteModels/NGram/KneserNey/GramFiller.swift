/// Levels of a tree that several threads fill, each the n-grams of other first bytes.
///
/// `@unchecked Sendable`: no two first bytes share a place.
final class GramFiller: @unchecked Sendable {
  private let starts: [[Int]]
  private let order: Int
  private let bytes: [UnsafeMutablePointer<UInt8>]
  private let firstChildren: [UnsafeMutablePointer<UInt32>]
  private let counts: UnsafeMutablePointer<UInt32>

  /// - Parameter starts: for each level where the n-grams of each first byte begin, 257 bounds.
  init(starts: [[Int]], order: Int) {
    self.starts = starts
    self.order = order
    bytes = starts.map { .allocate(capacity: $0[256]) }
    firstChildren = starts.dropLast().map { .allocate(capacity: $0[256] + 1) }
    counts = .allocate(capacity: starts[order - 1][256])
    for byte in 0..<256 { bytes[0][byte] = UInt8(byte) }
    if order == 1 { counts.initialize(repeating: 0, count: 256) }
    for level in firstChildren.indices {
      firstChildren[level][starts[level][256]] = UInt32(starts[level + 1][256])
    }
  }

  deinit {
    for level in bytes { level.deallocate() }
    for level in firstChildren { level.deallocate() }
    counts.deallocate()
  }

  /// Fills in what begins with `byte`, as `scan` has it.
  func fill(_ scan: GramScan, _ byte: Int) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: order) { next in
      for level in 0..<order { next[level] = starts[level][byte] }
      if order > 1 { firstChildren[0][byte] = UInt32(next[1]) }
      let order = order
      let (bytes, firstChildren, counts) = (bytes, firstChildren, counts)
      var shift = [UInt64](repeating: 0, count: order)
      for level in 0..<order { shift[level] = UInt64(8 * (order - 1 - level)) }
      scan.visit { key, length, shared, count in
        // The first byte's place is there from the beginning.
        for level in max(shared, 1)..<max(length, 1) {
          bytes[level][next[level]] = UInt8(truncatingIfNeeded: key &>> shift[level])
          if level &+ 1 < order {
            firstChildren[level][next[level]] = UInt32(truncatingIfNeeded: next[level &+ 1])
          }
          next[level] &+= 1
        }
        if length == order {
          let place = order == 1 ? byte : next[order &- 1] &- 1
          counts[place] = UInt32(truncatingIfNeeded: count)
        }
      }
    }
  }

  /// The levels, with counts at the highest only.
  func finished() -> [GramLevel] {
    (0..<order).map { level in
      let count = starts[level][256]
      var filled = GramLevel()
      filled.bytes = Array(UnsafeBufferPointer(start: bytes[level], count: count))
      if level + 1 < order {
        filled.firstChildren = Array(
          UnsafeBufferPointer(start: firstChildren[level], count: count + 1))
      } else {
        filled.counts = Array(UnsafeBufferPointer(start: counts, count: count))
      }
      return filled
    }
  }
}
