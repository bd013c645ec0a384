import BPBCore

/// Secondary estimation: for each context a curve from what was mixed to what came of it, learned at 33
/// points of the logistic domain and interpolated between them (as the APM stages of lpaq, M. Mahoney 2007).
struct SecondaryEstimates: ~Copyable {
  private let points: UnsafeMutablePointer<UInt16>
  private let memory: AnonymousMemory
  /// Where the curve that changes nothing stands.
  private let starts: UnsafeMutablePointer<UInt16>
  private var nearest = 0
  private var nearestIndex = 0
  private static let pointsPerContext = 33

  /// Curves that change nothing yet.
  ///
  /// - Throws: `methodFailed` when there is no memory.
  init(contexts: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: contexts * Self.pointsPerContext * 2)
    starts = .allocate(capacity: Self.pointsPerContext)
    for index in 0..<Self.pointsPerContext {
      starts[index] = Logistic.tables.squash[Logistic.step(of: Float(index) / 2 - 8)]
    }
    points = memory.base.assumingMemoryBound(to: UInt16.self)
  }

  deinit { starts.deallocate() }

  var memoryBytes: Int { memory.byteCount }

  /// What came of `x`, in the logistic domain, in a context; of 65536. The point nearest to it is the one
  /// that `learn` moves.
  @inline(__always)
  mutating func estimate(_ context: Int, _ x: Float) -> Float {
    let place = (min(max(x, -7.99), 7.99) + 8) * 2
    let index = Int(Int32(place))
    let weight = place - Float(index)
    let low = context &* Self.pointsPerContext &+ index
    nearestIndex = weight < 0.5 ? index : index &+ 1
    nearest = context &* Self.pointsPerContext &+ nearestIndex
    return value(low, index) * (1 - weight) + value(low &+ 1, index &+ 1) * weight
  }

  /// Points are kept as what they differ in from the curve that changes nothing, so that fresh memory is
  /// that curve.
  @inline(__always)
  private func value(_ at: Int, _ index: Int) -> Float { Float(points[at] ^ starts[index]) }

  @inline(__always)
  mutating func learn(_ bit: UInt32) {
    let target = bit != 0 ? 65535 : 0
    let point = Int(points[nearest] ^ starts[nearestIndex])
    let moved = UInt16(truncatingIfNeeded: point &+ (target &- point) &>> 6)
    points[nearest] = moved ^ starts[nearestIndex]
  }
}
