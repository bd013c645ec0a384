extension Verdict: CustomStringConvertible {
  /// The verdict in a paragraph, with its interval and the margin; says "at this scale, on this corpus".
  public var description: String {
    "At this scale, on this corpus, the claim is \(word): \(claim.statistic) is \(shown(estimate.value)) "
      + "(\(shown(estimate.level * 100)) % interval \(shown(estimate.interval.low)) to "
      + "\(shown(estimate.interval.high)), margin \(shown(claim.margin))).\(advice)"
  }

  private var word: String {
    switch outcome {
    case .supported: "supported"
    case .notSupported: "not supported"
    case .inconclusive: "neither supported nor refuted"
    }
  }

  private var advice: String {
    guard outcome == .inconclusive else { return "" }
    let visible =
      " The smallest effect that this run could have seen is \(shown(smallestVisibleEffect))."
    guard let growth = neededGrowth else { return visible }
    return visible + " About \(shown(growth)) times as much data could decide it."
  }

  private func shown(_ value: Double) -> String { shortText(value) }
}

/// `value` with three significant digits, for sentences.
package func shortText(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let places = 2 - Elementary.decimalLogarithm(abs(value)).rounded(.down)
  // Dividing by a power of ten gives the number nearest to the decimal, which prints as that decimal.
  let power = Elementary.power(10, abs(places))
  let rounded = places >= 0 ? (value * power).rounded() / power : (value / power).rounded() * power
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
}
