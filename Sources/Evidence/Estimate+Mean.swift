extension Estimate {
  /// The mean of `values`, each from a run of its own, with Student's interval (W. S. Gosset, 1908); nil of fewer than
  /// two, or of what is no number.
  public init?(meanOf values: [Double], level: Double = 0.95) {
    let count = Double(values.count)
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (count - 1) / count).squareRoot()
    let reach =
      StudentDistribution.quantile(
        1 - (1 - level) / 2, degreesOfFreedom: values.count - 1) * error
    self.init(
      value: mean, interval: Interval(low: mean - reach, high: mean + reach), level: level)
  }
}
