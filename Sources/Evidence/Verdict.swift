/// What a run says of a claim. It is made by `Claim.verdict`, after a self-check has passed.
///
/// It can be written down but not read back: whoever needs it again derives it again.
public struct Verdict: Sendable, Equatable, Encodable {
  /// How a claim fared.
  public enum Outcome: String, Sendable, Codable {
    case supported, notSupported, inconclusive
  }

  public let claim: Claim
  public let estimate: Estimate
  public let outcome: Outcome

  fileprivate init(claim: Claim, estimate: Estimate, outcome: Outcome) {
    self.claim = claim
    self.estimate = estimate
    self.outcome = outcome
  }

  /// The smallest effect that a run as noisy as this one could have told from one inside the margin: the margin
  /// and half the interval.
  public var smallestVisibleEffect: Double { claim.margin + estimate.interval.halfWidth }

  /// How many times as much data could decide an inconclusive run; nil if it is decided, or if nothing would.
  ///
  /// Intervals shrink with the square root of the data: (half width / target)². If the estimate stays where it
  /// is, half the interval has to become its distance from the nearer margin, which for no effect at all is
  /// the margin; one that is wider than the margin is asked no more than to become as narrow as that.
  public var neededGrowth: Double? {
    guard outcome == .inconclusive else { return nil }
    let half = estimate.interval.halfWidth
    let distance = abs(abs(estimate.value) - claim.margin)
    let target = half > claim.margin ? max(claim.margin, distance) : distance
    let growth = (half / target) * (half / target)
    return growth.isFinite && growth > 1 ? growth : nil
  }
}

extension Claim {
  /// The verdict on `estimate`; there is none without a self-check that passed.
  public func verdict(on estimate: Estimate, given pass: SelfCheckPass) -> Verdict {
    Verdict(claim: self, estimate: estimate, outcome: outcome(of: estimate.interval))
  }

  /// The verdict on the interval of `distribution` at `level`.
  public func verdict(
    on distribution: BootstrapDistribution, level: Double = 0.95, given pass: SelfCheckPass
  ) -> Verdict {
    verdict(on: distribution.estimate(level: level), given: pass)
  }

  /// The smallest α at which the interval at level 1 - α decides the claim; 1 if none does.
  ///
  /// Intervals of rising level contain each other, so this is found by bisection.
  public func pValue(_ distribution: BootstrapDistribution) -> Double {
    var (decided, undecided) = (0.0, 1.0)
    while undecided - decided > 1e-4 {
      let level = (decided + undecided) / 2
      if outcome(of: distribution.interval(level: level)) == .inconclusive {
        undecided = level
      } else {
        decided = level
      }
    }
    return 1 - decided
  }

  /// The verdicts on several claims of one study, by Holm's steps: the clearest is judged on its interval at
  /// level 1 - α/m, the next at 1 - α/(m - 1); after the first inconclusive one the level stays.
  public static func verdicts(
    on results: [(claim: Claim, distribution: BootstrapDistribution)], level: Double = 0.95,
    given pass: SelfCheckPass
  ) -> [Verdict] {
    var verdicts = [Verdict?](repeating: nil, count: results.count)
    var remaining = results.count
    for index in Holm.order(results.map { $0.claim.pValue($0.distribution) }) {
      let (claim, distribution) = results[index]
      let verdict = claim.verdict(
        on: distribution, level: 1 - (1 - level) / Double(remaining), given: pass)
      verdicts[index] = verdict
      if verdict.outcome != .inconclusive { remaining -= 1 }
    }
    return verdicts.compactMap { $0 }
  }
}
