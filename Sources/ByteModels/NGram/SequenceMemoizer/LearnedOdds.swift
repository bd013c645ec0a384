/// Odds of a share that a theory gives, times factors that are learned from every byte.
///
/// Used twice at each level: for what a context passes on to the shorter one, where real texts are not the
/// draws from a Pitman–Yor process that the discounts assume, and for what the byte that came last deserves
/// beyond its count. PPM learns its escapes so (secondary escape estimation, Bloom 1998 and Shkarin 2002).
/// Each of four views of the situation has a factor, and the odds are multiplied by all four. Factors, not
/// logarithms: basic operations only, the same everywhere.
struct LearnedOdds: ~Copyable {
  private let factors: UnsafeMutablePointer<Float>
  /// How far a factor moves against the gradient of the code length.
  private static let rate = 0.03
  private static let range: ClosedRange<Float> = 1 / 64...64

  /// Levels: the restaurants by order, and the longest match.
  static let levels = 16
  private static let byCounts = 0
  private static let bySurprise = byCounts + levels * 128
  private static let byLast = bySurprise + levels * 16
  private static let byEarlier = byLast + levels * 256
  private static let count = byEarlier + levels * 256

  init() {
    factors = .allocate(capacity: Self.count)
    factors.initialize(repeating: 1, count: Self.count)
  }

  deinit { factors.deallocate() }

  /// Bytes allocated.
  var memoryBytes: Int { Self.count * MemoryLayout<Float>.stride }

  /// What four views see of one restaurant: indices of their factors.
  struct Views {
    var counts: Int32 = 0
    var surprise: Int32 = 0
    var last: Int32 = 0
    var earlier: Int32 = 0

    init() {}

    /// - Parameters:
    ///   - level: of the restaurant.
    ///   - counts: class of its numbers of customers and dishes, below 128.
    ///   - surprise: class of how well the last two bytes were foreseen, below 16.
    ///   - text: the bytes before, the last one lowest.
    @inline(__always)
    init(level: Int, counts: Int, surprise: Int, text: UInt64) {
      self.counts = Int32(truncatingIfNeeded: byCounts &+ level &* 128 &+ counts)
      self.surprise = Int32(truncatingIfNeeded: bySurprise &+ level &* 16 &+ surprise)
      last = Int32(truncatingIfNeeded: byLast &+ level &* 256 &+ Int(text & 255))
      earlier = Int32(truncatingIfNeeded: byEarlier &+ level &* 256 &+ Int(text &>> 8 & 255))
    }
  }

  /// The product of the views' factors.
  @inline(__always)
  func factor(_ views: Views) -> Double {
    Double(factors[Int(views.counts)] * factors[Int(views.surprise)])
      * Double(factors[Int(views.last)] * factors[Int(views.earlier)])
  }

  /// Moves the views' factors along the gradient of log2 p by the logarithm of the odds.
  @inline(__always)
  func learn(_ views: Views, gradient: Double) {
    let step = 1 + Float(min(max(gradient * Self.rate, -0.3), 0.3))
    scale(views.counts, step)
    scale(views.surprise, step)
    scale(views.last, step)
    scale(views.earlier, step)
  }

  @inline(__always)
  private func scale(_ index: Int32, _ step: Float) {
    let factor = factors[Int(index)] * step
    factors[Int(index)] = min(max(factor, Self.range.lowerBound), Self.range.upperBound)
  }
}
