import BPBCore
import CPrefetch

/// What came of a mixed probability in a context: a curve over the logistic domain, learned at 32 points and read between
/// them (adaptive probability maps of lpaq, M. Mahoney, 2007). A curve is a cache line, which is asked for a
/// decision ahead.
struct FinalEstimate: ~Copyable {
  private let points: UnsafeMutablePointer<UInt16>
  private let memory: AnonymousMemory
  /// The context's curve, and the point of it that learns.
  private var curve: UnsafeMutablePointer<UInt16>
  private var learning = 0
  private static var pointCount: Int { 32 }
  /// Between two points, in steps of the logistic domain.
  private static var interval: Int { 128 }
  /// The last point; the first one is at its opposite.
  private static var most: Int { (pointCount - 1) * interval / 2 }

  /// - Throws: `methodFailed` when there is no memory.
  init(contexts: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: contexts * Self.pointCount * 2)
    points = memory.base.assumingMemoryBound(to: UInt16.self)
    curve = points
    for point in 0..<Self.pointCount {
      points[point] = UInt16(MixLogistic.tables.squash(point * Self.interval - Self.most))
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

  /// Asks for the curves of two neighbouring contexts, of which one will be chosen.
  @inline(__always)
  func ask(_ context: Int) {
    let curve = points + context &* Self.pointCount
    bpb_prefetch(curve)
    bpb_prefetch(curve + Self.pointCount)
  }

  /// Names the context of the next decision.
  @inline(__always)
  mutating func choose(_ context: Int) { curve = points + context &* Self.pointCount }

  /// The share of ones, of 65536, that came of `x` in the context.
  @inline(__always)
  mutating func estimate(_ x: Int) -> Int {
    let place = min(max(x &+ Self.most, 0), 2 &* Self.most &- 1)
    let (index, weight) = (place &>> 7, place & 127)
    learning = index &+ weight &>> 6
    return (Int(curve[index]) &* (128 &- weight) &+ Int(curve[index &+ 1]) &* weight) &>> 7
  }

  @inline(__always)
  func learn(_ bit: UInt32) {
    let point = Int(curve[learning])
    // Rounded away from the point, so that both ends are reached.
    let step = bit != 0 ? (65535 + 63 &- point) &>> 6 : (0 &- point) &>> 6
    curve[learning] = UInt16(truncatingIfNeeded: point &+ step)
  }
}
