/// What the two losses of a training say of its length and size.
public enum TrainingVerdict: Sendable, Equatable {
  /// Both losses were still falling when it ended: more of the same would have helped. The shares of
  /// themselves by which they fell over the last quarter.
  case underFits(train: Double, heldOut: Double)
  /// The training loss went on falling while the held-out loss rose, from its lowest value at `step`
  /// to its last.
  case overFits(since: Int, lowest: Double, last: Double)
  /// Neither.
  case settled

  /// What a loss has to change by, as a share of itself, to count as falling or rising: batches and
  /// the choice of held-out text move it by less.
  public static let tolerance = 0.005
  /// Held-out measurements without which nothing is said.
  static let leastCount = 4

  /// The verdict on `records`, of one training, in the order of their steps; nil while there are too few.
  public init?(_ records: some Sequence<TrainingRecord>) {
    let points = Point.all(of: records)
    guard points.count >= Self.leastCount, let last = points.last else { return nil }
    let lowest = points.min { ($0.heldOut, $0.step) < ($1.heldOut, $1.step) }!
    let after = points.filter { $0.step >= lowest.step }
    if after.count > 2, last.heldOut > lowest.heldOut * (1 + Self.tolerance),
      after.fall(\.train) > 0
    {
      self = .overFits(since: lowest.step, lowest: lowest.heldOut, last: last.heldOut)
      return
    }
    let end = points.lastQuarter
    let (train, heldOut) = (end.fall(\.train), end.fall(\.heldOut))
    self =
      min(train, heldOut) > Self.tolerance
      ? .underFits(train: train, heldOut: heldOut) : .settled
  }

  /// Both losses at a step at which the held-out one was measured.
  fileprivate struct Point {
    let step: Int
    /// Of the bytes since the point before.
    let train: Double
    let heldOut: Double

    /// The points of `records`; bytes between two of them are pooled.
    static func all(of records: some Sequence<TrainingRecord>) -> [Point] {
      var points: [Point] = []
      var (bits, bytes, position) = (0.0, 0.0, 0)
      for record in records {
        if let loss = record.trainLoss, record.bytes > position {
          bits += loss * Double(record.bytes - position)
          bytes += Double(record.bytes - position)
        }
        position = record.bytes
        guard let heldOut = record.heldOutLoss, bytes > 0 else { continue }
        points.append(Point(step: record.step, train: bits / bytes, heldOut: heldOut))
        (bits, bytes) = (0, 0)
      }
      return points
    }
  }
}

extension [TrainingVerdict.Point] {
  /// Those of the last quarter of all steps, three at least.
  fileprivate var lastQuarter: Self {
    let start = Double(last?.step ?? 0) * 0.75
    return Self(suffix(Swift.max(3, count { Double($0.step) >= start })))
  }

  /// By which share of its mean the line through a loss, fitted by least squares against the step, falls
  /// from the first point to the last.
  fileprivate func fall(_ loss: KeyPath<Element, Double>) -> Double {
    let steps = map { Double($0.step) }
    let losses = map { $0[keyPath: loss] }
    let (meanStep, meanLoss) = (steps.mean, losses.mean)
    let spread = steps.map { ($0 - meanStep) * ($0 - meanStep) }.reduce(0, +)
    guard spread > 0, meanLoss > 0 else { return 0 }
    let slope = zip(steps, losses).map { ($0 - meanStep) * ($1 - meanLoss) }.reduce(0, +) / spread
    return -slope * (steps.last! - steps.first!) / meanLoss
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
