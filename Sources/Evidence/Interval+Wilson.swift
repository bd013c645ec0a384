extension Interval {
  /// The interval of a proportion of which `successes` of `trials` were seen.
  ///
  /// Nil without trials, or with more successes than trials. Unlike p ± z √(p (1-p) / n) it never leaves 0...1
  /// and does not shrink to nothing at 0 or n.
  ///
  /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
  public static func wilson(successes: Int, of trials: Int, level: Double = 0.95) -> Interval? {
    guard trials > 0, (0...trials).contains(successes) else { return nil }
    let n = Double(trials)
    let p = Double(successes) / n
    let z = NormalDistribution.quantile((1 + level) / 2)
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      low: successes == 0 ? 0 : centre - half, high: successes == trials ? 1 : centre + half)
  }
}
