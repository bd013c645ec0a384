import Evidence
import RunRecords

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Both losses of a training at a step at which that of the tune part was measured.
struct TrainingPoint: Sendable, Equatable {
  let step: Int
  /// Bits per byte of the bytes learned from since the point before.
  let train: Double
  let tune: Double
  let learningRate: Double

  /// The points of `records` after the first step; bytes between two of them are pooled.
  static func all(of records: some Sequence<TrainingRecord>) -> [TrainingPoint] {
    var points: [TrainingPoint] = []
    var pool = PooledLoss()
    for record in records {
      pool.add(record)
      guard let tune = record.tuneLoss, pool.byteCount > 0, record.step > 0 else { continue }
      points.append(
        TrainingPoint(
          step: record.step, train: pool.take(), tune: tune, learningRate: record.learningRate))
    }
    return points
  }
}

/// The line through a loss against the binary logarithm of the step, by least squares.
struct TrainingTrend {
  /// What the loss changes by while the steps double.
  let value: Double
  /// An interval that holds it with 95 % confidence, the points scattering about the line independently (Student's t
  /// distribution with two degrees of freedom less than there are points).
  let slope: Interval
  /// The loss in the middle.
  let mean: Double
}

extension [TrainingPoint] {
  /// Those up to the last at the highest learning rate.
  var beforeCoolDown: Self {
    let highest = map(\.learningRate).max() ?? 0
    let last = lastIndex { $0.learningRate >= highest * (1 - 1e-9) }
    return last.map { Self(self[...$0]) } ?? []
  }

  /// The trend of a loss at `step` and later; nil for fewer than three points.
  func trend(of loss: KeyPath<TrainingPoint, Double>, from step: Int) -> TrainingTrend? {
    let points = filter { $0.step >= step }
    guard points.count >= 3 else { return nil }
    let places = points.map { log2(Double($0.step)) }
    let losses = points.map { $0[keyPath: loss] }
    let (meanPlace, meanLoss) = (places.mean, losses.mean)
    let spread = places.map { ($0 - meanPlace) * ($0 - meanPlace) }.reduce(0, +)
    guard spread > 0 else { return nil }
    let value =
      zip(places, losses).map { ($0 - meanPlace) * ($1 - meanLoss) }.reduce(0, +) / spread
    let residuals = zip(places, losses).map { $1 - meanLoss - value * ($0 - meanPlace) }
    let freedom = points.count - 2
    let variance = residuals.map { $0 * $0 }.reduce(0, +) / Double(freedom)
    let margin =
      (variance / spread).squareRoot()
      * StudentDistribution.quantile(0.975, degreesOfFreedom: freedom)
    return TrainingTrend(
      value: value, slope: Interval(low: value - margin, high: value + margin), mean: meanLoss)
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
