import BPBCore

/// What came of a mixed probability in a context: a curve over the logistic domain, learned at 33 points and read between
/// them (adaptive probability maps of lpaq, M. Mahoney, 2007).
struct FinalEstimate: ~Copyable {
  private let points: UnsafeMutablePointer<UInt16>
  private let memory: AnonymousMemory
  private var learning = 0
  private static var pointCount: Int { 33 }

  /// - Throws: `methodFailed` when there is no memory.
  init(contexts: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: contexts * Self.pointCount * 2)
    points = memory.base.assumingMemoryBound(to: UInt16.self)
    for point in 0..<Self.pointCount {
      points[point] = UInt16(
        MixLogistic.tables.squash(MixLogistic.limited((point - Self.pointCount / 2) * 128)))
    }
    // The others are copies of the first, made in ever larger pieces.
    var (made, all) = (Self.pointCount, contexts * Self.pointCount)
    while made < all {
      let piece = min(made, all - made)
      (points + made).update(from: points, count: piece)
      made += piece
    }
  }

  var memoryBytes: Int { memory.byteCount }

  /// The share of ones, of 65536, that came of `x` in a context.
  @inline(__always)
  mutating func estimate(_ context: Int, _ x: Int) -> Int {
    let place = min(max(x, -2047), 2047) &+ 2048
    let (index, weight) = (place &>> 7, place & 127)
    let low = context &* Self.pointCount &+ index
    learning = low &+ weight &>> 6
    return (Int(points[low]) &* (128 &- weight) &+ Int(points[low &+ 1]) &* weight) &>> 7
  }

  @inline(__always)
  func learn(_ bit: UInt32) {
    let point = Int(points[learning])
    // Rounded away from the point, so that both ends are reached.
    let step = bit != 0 ? (65535 + 63 &- point) &>> 6 : (0 &- point) &>> 6
    points[learning] = UInt16(truncatingIfNeeded: point &+ step)
  }
}
