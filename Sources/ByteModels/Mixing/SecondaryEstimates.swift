import BPBCore

/// Secondary estimation in floats, for mixers (context trees refine in integer logarithms, where their odds
/// are: `ProbabilityRefinement`): for each context a curve from what was mixed to what came of it, learned at 33
/// points of the logistic domain and interpolated between them (as the APM stages of lpaq, M. Mahoney 2007).
struct SecondaryEstimates: ~Copyable {
  private let points: UnsafeMutablePointer<UInt16>
  private let memory: AnonymousMemory
  /// Where the curve that changes nothing stands.
  private let starts: UnsafeMutablePointer<UInt16>
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

  /// What a curve says, and the point that is to learn what comes of it.
  struct Reading {
    /// Of 65536.
    var value: Float = 0
    fileprivate var place = 0
    fileprivate var index = 0
  }

  /// What came of `x`, in the logistic domain, in a context.
  @inline(__always)
  func estimate(_ context: Int, _ x: Float) -> Reading {
    let place = (min(max(x, -7.99), 7.99) + 8) * 2
    let index = Int(Int32(place))
    let weight = place - Float(index)
    let low = context &* Self.pointsPerContext &+ index
    let value = value(low, index) * (1 - weight) + value(low &+ 1, index &+ 1) * weight
    let nearer = weight < 0.5 ? 0 : 1
    return Reading(value: value, place: low &+ nearer, index: index &+ nearer)
  }

  /// Points are kept as what they differ in from the curve that changes nothing, so that fresh memory is
  /// that curve.
  @inline(__always)
  private func value(_ place: Int, _ index: Int) -> Float {
    Float(points[place] ^ starts[index])
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ reading: Reading) {
    let target = bit != 0 ? 65535 : 0
    let start = starts[reading.index]
    let point = Int(points[reading.place] ^ start)
    let moved = UInt16(truncatingIfNeeded: point &+ (target &- point) &>> 6)
    points[reading.place] = moved ^ start
  }

  /// Notes the point that `learn` would move.
  func note(_ reading: Reading, in log: inout UndoLog) { log.note(points + reading.place) }
}
