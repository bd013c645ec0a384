/// What `SparseConnections` keeps of a context, in one cache line: up to twelve outputs, the one that came last first, and
/// their weights; sixteen bits to know the context by; how often it was met.
struct ConnectionLine {
  static let byteCount = 64
  static let slots = 12
  /// Classes of lines by how many outputs there are and how often they were met.
  static let classes = (slots + 1) * visitClasses
  private static let visitClasses = 13

  let base: UnsafeMutableRawPointer

  var weights: UnsafeMutablePointer<Float> { base.assumingMemoryBound(to: Float.self) }

  var symbols: UnsafeMutablePointer<UInt8> {
    (base + 4 * Self.slots).assumingMemoryBound(to: UInt8.self)
  }

  private var check: UnsafeMutablePointer<UInt16> {
    (base + 60).assumingMemoryBound(to: UInt16.self)
  }

  /// Visits in the upper twelve bits, outputs in the lower four; 0 for a line that is free.
  private var counts: UnsafeMutablePointer<UInt16> {
    (base + 62).assumingMemoryBound(to: UInt16.self)
  }

  @inline(__always)
  var visits: Int { Int(counts.pointee &>> 4) }

  @inline(__always)
  var used: Int { Int(counts.pointee & 15) }

  @inline(__always)
  func holds(_ context: UInt64) -> Bool {
    check.pointee == UInt16(truncatingIfNeeded: context) && counts.pointee != 0
  }

  /// The line's class, below `classes`.
  @inline(__always)
  var `class`: Int {
    let visits = visits
    let coarse =
      visits < 5
      ? visits
      : visits < 7 ? 5 : visits < 10 ? 6 : min(Int.bitWidth - visits.leadingZeroBitCount + 3, 12)
    return used * Self.visitClasses + coarse
  }

  func clear(for context: UInt64) {
    check.pointee = UInt16(truncatingIfNeeded: context)
    counts.pointee = 0
  }

  func countVisit(limit: Int) {
    counts.pointee = UInt16(min(visits + 1, limit) << 4 | used)
  }

  func forgetVisit() {
    if visits > 1 { counts.pointee -= 1 << 4 }
  }

  /// Puts `symbol` before the others; one that is new gets `weight`, in place of the one that came longest ago if there is no
  /// room.
  func moveToFront(_ symbol: UInt8, orInsert weight: Float) {
    let used = used
    var place = 0
    while place < used && symbols[place] != symbol { place &+= 1 }
    let isNew = place == used
    if isNew {
      place = min(used, Self.slots - 1)
      counts.pointee = UInt16(visits << 4 | min(used + 1, Self.slots))
    }
    let moved = isNew ? weight : weights[place]
    while place > 0 {
      symbols[place] = symbols[place &- 1]
      weights[place] = weights[place &- 1]
      place &-= 1
    }
    symbols[0] = symbol
    weights[0] = moved
  }
}
