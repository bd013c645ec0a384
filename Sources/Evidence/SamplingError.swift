/// The variance of a ratio of sums, estimated without drawing, and how well it is known.
///
/// The sum of a part between replicates and one between blocks. The first holds some of the second already, so
/// the sum is a little too large rather than too small.
///
/// The ratio is linearised: a part of the data deviates by (its bits - ratio · its bytes) / total bytes.
struct SamplingError {
  /// The estimate of the variance.
  var variance: Double
  /// The degrees of freedom behind it, after Satterthwaite (1946), rounded down.
  var degreesOfFreedom: Int

  /// Nil where `Bootstrap` has nothing to draw from.
  init?(of replicates: [Replicate], blocks design: BlockDesign) {
    let bytes = replicates.reduce(0) { $0 + $1.bytes }
    let ratio = replicates.bitsPerByte
    let deviations = replicates.map { $0.blocks.map { ($0.bits - ratio * $0.bytes) / bytes } }
    guard ratio.isFinite, deviations.allSatisfy({ !$0.isEmpty }) else { return nil }
    switch design {
    case .own: self.init(deviations: deviations)
    case .shared:
      guard replicates.allSatisfy({ $0.blocks.map(\.bytes) == replicates[0].blocks.map(\.bytes) })
      else { return nil }
      self.init(
        between: Component(deviations.map { $0.reduce(0, +) }),
        within: Component(
          deviations[0].indices.map { block in deviations.reduce(0) { $0 + $1[block] } }))
    }
  }

  /// The variance of a statistic that is no ratio, as by linearisation too: how much each block of each replicate pulls it.
  ///
  /// Nil where `Bootstrap` has nothing to draw from.
  init?(deviations: [[Double]]) {
    guard deviations.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(
      between: Component(deviations.map { $0.reduce(0, +) }),
      within: deviations.map { Component($0) }.reduce(Component.none) { $0.plus($1) })
  }

  private init?(between: Component, within: Component) {
    let both = between.plus(within)
    guard both.degreesOfFreedom > 0, both.variance.isFinite else { return nil }
    variance = both.variance
    degreesOfFreedom = both.combined
  }
}

/// The variance of a sum of independent parts, as far as it comes from one level.
private struct Component {
  static let none = Component([])

  var variance: Double
  var degreesOfFreedom: Int
  /// Σ variance² / degrees of freedom over the levels that were added.
  private var squares: Double

  init(_ deviations: [Double]) {
    degreesOfFreedom = max(0, deviations.count - 1)
    let mean = deviations.reduce(0, +) / Double(max(1, deviations.count))
    let sum = deviations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    variance =
      degreesOfFreedom > 0 ? sum * Double(deviations.count) / Double(degreesOfFreedom) : 0
    squares = degreesOfFreedom > 0 ? variance * variance / Double(degreesOfFreedom) : 0
  }

  func plus(_ other: Component) -> Component {
    var sum = self
    sum.variance += other.variance
    sum.degreesOfFreedom += other.degreesOfFreedom
    sum.squares += other.squares
    return sum
  }

  /// Satterthwaite's degrees of freedom of the sum.
  var combined: Int {
    guard squares > 0 else { return degreesOfFreedom }
    return max(1, Int(min(variance * variance / squares, Double(degreesOfFreedom))))
  }
}
