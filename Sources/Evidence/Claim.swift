/// What a study sets out to show, fixed before its run: a statistic, a margin and what is expected of it.
public struct Claim: Sendable, Equatable, Codable {
  /// What is claimed of the statistic.
  public enum Expectation: String, Sendable, Codable {
    /// It is above the margin.
    case increase
    /// It is below minus the margin.
    case decrease
    /// It is between minus the margin and the margin: an equivalence.
    case noDifference
  }

  /// The margin in bits per byte that is used where no noise floor asks for more.
  public static let defaultMargin = 0.01

  /// The statistic's name, with its unit: "bits per byte, with more data less with less".
  public let statistic: String
  public let expectation: Expectation
  /// The smallest difference that matters, in the statistic's unit; positive.
  public let margin: Double

  /// A claim about `statistic`.
  ///
  /// Precondition: `margin` is positive.
  public init(
    _ statistic: String, expects expectation: Expectation, margin: Double = defaultMargin
  ) {
    precondition(margin > 0, "a claim has a positive margin")
    self.statistic = statistic
    self.expectation = expectation
    self.margin = margin
  }

  /// The margin where repeated runs of the same thing differ by `noiseFloor` bits per byte: twice that, or the
  /// default if it is larger.
  public static func margin(noiseFloor: Double) -> Double { max(defaultMargin, 2 * noiseFloor) }

  /// What `interval` says of the claim.
  ///
  /// An equivalence is supported if the whole interval is inside the margin, and not supported if it is wholly
  /// outside. A directional claim is supported if the whole interval is beyond the margin in the claimed
  /// direction, and not supported if it is inside the margin or beyond it in the other direction.
  public func outcome(of interval: Interval) -> Verdict.Outcome {
    let isInside = Interval(low: -margin, high: margin).contains(interval)
    let (isAbove, isBelow) = (interval.low > margin, interval.high < -margin)
    let (supports, contradicts) =
      switch expectation {
      case .increase: (isAbove, isInside || isBelow)
      case .decrease: (isBelow, isInside || isAbove)
      case .noDifference: (isInside, isAbove || isBelow)
      }
    return supports ? .supported : contradicts ? .notSupported : .inconclusive
  }
}
