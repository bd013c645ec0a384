extension Estimate {
  /// `first` less `second`, which are of independent data, with an interval from theirs: its ends are as far from the difference
  /// as the ends of both that pull it there, added as squares.
  ///
  /// Of two proportions with Wilson's intervals this covers well, at 0 and 1 too.
  ///
  /// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions" (1998), method 10.
  public init(difference first: Estimate, minus second: Estimate) {
    func reach(_ one: Double, _ other: Double) -> Double {
      (one * one + other * other).squareRoot()
    }
    let value = first.value - second.value
    let below = reach(first.value - first.interval.low, second.interval.high - second.value)
    let above = reach(first.interval.high - first.value, second.value - second.interval.low)
    self.init(
      value: value, interval: Interval(low: value - below, high: value + above), level: first.level)
  }
}
