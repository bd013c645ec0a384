import Evidence

extension CurveFit {
  /// Sentences about how far the figures can be trusted.
  static func notes(
    _ curve: LossCurve, fit: PowerLawFit, withoutIrreducible: PowerLawFit,
    intervals: PowerLawIntervals
  ) -> [String] {
    [
      note(onReplicatesOf: curve),
      note(onStartsOf: fit),
      intervals.irreducible.low < ExtrapolationRules.leastIrreducible * fit.law.irreducible
        ? "The irreducible loss E may as well be zero: its interval reaches down to there." : nil,
      withoutIrreducible.scatter(constants: 2) <= fit.scatter()
        ? "A law without irreducible loss describes these points just as well." : nil,
    ].compactMap { $0 }
  }

  private static func note(onReplicatesOf curve: LossCurve) -> String? {
    let known = curve.points.count { $0.canBeDrawn }
    switch known {
    case 0:
      return
        "Each size has only one figure, so the intervals rest on how the points scatter about the law."
    case curve.points.count: return nil
    default:
      return
        "Of \(curve.points.count) sizes \(known) have blocks or several runs; the scatter of the points about "
        + "the law stands in for the others."
    }
  }

  private static func note(onStartsOf fit: PowerLawFit) -> String? {
    guard fit.reachedBest * 4 < fit.starts else { return nil }
    return "Only \(fit.reachedBest) of \(fit.starts) starts of the search ended at the best fit."
  }
}
