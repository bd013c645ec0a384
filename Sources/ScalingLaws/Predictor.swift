import Evidence

/// Predicts losses with intervals from a law, its draws and its error on held-out sizes.
struct Predictor {
  private static let bandSizes = 64

  var law: PowerLaw
  var draws: [(law: PowerLaw, miss: Double)]
  var level: Double
  /// The largest size that was measured, in bytes.
  var largest: Double
  var holdOut: HoldOut?

  /// The prediction at `factor` times the largest size.
  func prediction(times factor: Double) -> Prediction { prediction(at: factor * largest) }

  /// Predictions from `smallest` to `factor` times the largest size, at equal ratios.
  func band(from smallest: Double, times factor: Double) -> [Prediction] {
    let range = Elementary.logarithm(factor * largest / smallest)
    return (0..<Self.bandSizes).map { index in
      let part = Double(index) / Double(Self.bandSizes - 1)
      // The last size is met exactly, so that it lies inside the band.
      return prediction(
        at: index == Self.bandSizes - 1
          ? factor * largest : smallest * Elementary.exponential(range * part))
    }
  }

  private func prediction(at bytes: Double) -> Prediction {
    let loss = Elementary.bounded(law.loss(after: bytes))
    let losses = draws.map {
      Elementary.bounded($0.law.loss(after: bytes) * Elementary.exponential($0.miss))
    }
    let error = Elementary.exponential(expectedError(at: bytes))
    let least = Interval(
      low: Elementary.bounded(loss / error), high: Elementary.bounded(loss * error))
    let drawn = SortedSample(losses)?.interval(level: level) ?? least
    return Prediction(bytes: bytes, loss: loss, interval: drawn.union(least))
  }

  /// The log error to be expected beyond the largest size, if it keeps growing as it did over the held-out
  /// sizes.
  private func expectedError(at bytes: Double) -> Double {
    guard let holdOut, bytes > largest else { return 0 }
    let seen = Elementary.logarithm(largest / holdOut.trainedUpTo)
    return holdOut.lawError * Elementary.logarithm(bytes / largest) / seen
  }
}
