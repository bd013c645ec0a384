import Evidence

/// What a fit must show before it is believed beyond the sizes that were measured.
public enum ExtrapolationRules {
  /// The fewest sizes.
  public static let fewestPoints = 6
  /// The least range of sizes, in powers of ten.
  public static let leastDecades = 1.5
  /// The largest scatter of points about the law, as a share of the loss.
  public static let largestScatter = 0.02
  /// E below this share of the smallest loss is at its boundary, zero.
  public static let leastIrreducible = 1e-3
  /// An exponent whose interval reaches beyond this is not identified: only the first points fall.
  public static let largestExponent = 2.0
}

extension CurveFit {
  /// The first rule that the fit breaks; nil if it keeps all.
  static func refusal(
    of curve: LossCurve, fit: PowerLawFit, intervals: PowerLawIntervals, holdOut: HoldOut?
  ) -> FitRefusal? {
    refusal(ofSizes: curve.points.map(\.bytes))
      ?? refusal(ofExponent: intervals.exponent)
      ?? refusal(of: fit, smallestLoss: curve.points.map(\.loss).min() ?? 0)
      ?? holdOut.flatMap(refusal(of:))
  }

  private static func refusal(ofSizes sizes: [Double]) -> FitRefusal? {
    guard sizes.count >= ExtrapolationRules.fewestPoints else {
      return FitRefusal(
        .tooFewPoints,
        "To look ahead takes at least \(ExtrapolationRules.fewestPoints) sizes, and there are "
          + "\(sizes.count): with fewer, almost any curve can be drawn through the points.")
    }
    let decades =
      Elementary.logarithm(sizes[sizes.count - 1] / sizes[0]) / Elementary.logarithm(10)
    guard decades >= ExtrapolationRules.leastDecades else {
      return FitRefusal(
        .narrowRange,
        "The largest size is only \(shortText(sizes[sizes.count - 1] / sizes[0])) times the smallest; over "
          + "so short a piece every curve looks straight, and where it bends cannot be seen.")
    }
    return nil
  }

  private static func refusal(ofExponent exponent: Interval) -> FitRefusal? {
    let range = "from \(shortText(exponent.low)) to \(shortText(exponent.high))"
    if exponent.high < 0 {
      return FitRefusal(
        .notFalling,
        "The loss rises with more data (the exponent β lies \(range)), and this law describes only "
          + "losses that fall.")
    }
    if exponent.low <= 0 {
      return FitRefusal(
        .notFalling,
        "It is not certain that the loss falls at all: the exponent β may be anything \(range), "
          + "zero included.")
    }
    if exponent.high > ExtrapolationRules.largestExponent {
      return FitRefusal(
        .notIdentified,
        "Only the smallest sizes show a fall, so its exponent β may be anything \(range).")
    }
    return nil
  }

  private static func refusal(of fit: PowerLawFit, smallestLoss: Double) -> FitRefusal? {
    guard fit.law.irreducible > ExtrapolationRules.leastIrreducible * smallestLoss else {
      return FitRefusal(
        .notIdentified,
        "The best fit has no irreducible loss at all, which means that the curve has not begun to flatten: "
          + "where it will end cannot be told from these sizes.")
    }
    guard fit.scatter() <= ExtrapolationRules.largestScatter else {
      return FitRefusal(
        .scattered,
        "The points lie about \(shortText(100 * fit.scatter())) % off the law, more than the "
          + "\(shortText(100 * ExtrapolationRules.largestScatter)) % up to which its course can be trusted."
      )
    }
    return nil
  }

  private static func refusal(of holdOut: HoldOut) -> FitRefusal? {
    guard !holdOut.isPassed else { return nil }
    let (guess, error) =
      holdOut.lastValueError < holdOut.straightLineError
      ? ("that the loss stays where it is", holdOut.lastValueError)
      : ("of a straight line through the last three points", holdOut.straightLineError)
    return FitRefusal(
      .failedHoldOut,
      "Fitted without the largest sizes, the law misses them by \(shortText(100 * holdOut.lawError)) %; the "
        + "plain guess \(guess) misses them by only \(shortText(100 * error)) %.")
  }
}
