import BPBCore
import Evidence
import Testing

@Suite struct VerdictTests {
  private let pass = SelfCheckPass([SelfCheckRow("uniform bytes cost 8 bits", passed: true)])!

  /// The differences of three runs on 100 blocks, of `effect` bits per byte with noise of `spread` a block.
  private func differences(effect: Double, spread: Double) -> BootstrapDistribution {
    var generator = SeededGenerator(seed: 11)
    let runs = (0..<3).map { _ in
      Replicate(
        blocks: (0..<100).map { _ in
          BlockCost(bits: 4096 * (effect + spread * generator.normal()), bytes: 4096)
        })
    }
    return Bootstrap().distribution(of: runs, blocks: .own, using: &generator)!
  }

  /// "More data hurts", where more data helped by 0.1 bits per byte.
  @Test func plantedWrongClaimIsNotSupported() {
    let claim = Claim("bits per byte, with more data less with less", expects: .increase)
    let verdict = claim.verdict(on: differences(effect: -0.1, spread: 0.05), given: pass)
    #expect(verdict.outcome == .notSupported)
    #expect(verdict.neededGrowth == nil)
    #expect(
      verdict.description.contains("At this scale, on this corpus, the claim is not supported"))
  }

  @Test func plantedRightClaimIsSupported() {
    let claim = Claim("bits per byte, with more data less with less", expects: .decrease)
    let verdict = claim.verdict(on: differences(effect: -0.1, spread: 0.05), given: pass)
    #expect(verdict.outcome == .supported)
  }

  @Test func trueEquivalenceIsSupported() {
    let claim = Claim("bits per byte, one seed less another", expects: .noDifference)
    let verdict = claim.verdict(on: differences(effect: 0.001, spread: 0.03), given: pass)
    #expect(verdict.outcome == .supported)
  }

  @Test func tooLittleDataIsInconclusive() throws {
    let claim = Claim("bits per byte, one seed less another", expects: .noDifference)
    let verdict = claim.verdict(on: differences(effect: 0, spread: 0.5), given: pass)
    let half = verdict.estimate.interval.halfWidth
    #expect(verdict.outcome == .inconclusive)
    #expect(half > 0.02)
    #expect(verdict.smallestVisibleEffect == 0.01 + half)
    #expect(try #require(verdict.neededGrowth) > 4)
    #expect(verdict.description.contains("smallest effect that this run could have seen"))
    #expect(verdict.description.contains("times as much data"))
  }

  @Test func growthForNoEffectIsTheSquareOfWidthOverMargin() {
    let claim = Claim("bits per byte", expects: .noDifference)
    let estimate = Estimate(value: 0, interval: Interval(low: -0.03, high: 0.03))
    let growth = claim.verdict(on: estimate, given: pass).neededGrowth
    #expect(abs((growth ?? 0) - 9) < 1e-9)
  }

  /// Every place that an interval can take about the margins, against each expectation.
  @Test(
    arguments: [
      (
        -0.05, -0.02, Verdict.Outcome.notSupported, Verdict.Outcome.supported,
        Verdict.Outcome.notSupported
      ),
      (-0.05, 0, .inconclusive, .inconclusive, .inconclusive),
      (-0.01, 0.01, .notSupported, .notSupported, .supported),
      (-0.02, 0.02, .inconclusive, .inconclusive, .inconclusive),
      (0, 0.05, .inconclusive, .inconclusive, .inconclusive),
      (0.02, 0.05, .supported, .notSupported, .notSupported),
    ])
  func outcomes(
    low: Double, high: Double, increase: Verdict.Outcome, decrease: Verdict.Outcome,
    equivalence: Verdict.Outcome
  ) {
    let interval = Interval(low: low, high: high)
    #expect(Claim("s", expects: .increase).outcome(of: interval) == increase)
    #expect(Claim("s", expects: .decrease).outcome(of: interval) == decrease)
    #expect(Claim("s", expects: .noDifference).outcome(of: interval) == equivalence)
  }

  @Test func marginIsTwiceTheNoiseWhereThatIsMore() {
    #expect(Claim.margin(noiseFloor: 0.002) == 0.01)
    #expect(Claim.margin(noiseFloor: 0.02) == 0.04)
  }

  @Test func aFailedRowIsNoPass() {
    #expect(SelfCheckPass([]) == nil)
    #expect(
      SelfCheckPass([SelfCheckRow("a", passed: true), SelfCheckRow("b", passed: false)]) == nil)
  }

  /// Alone an effect just beyond the margin counts; among five others without effect it does not.
  @Test func manyStatisticsAreJudgedMoreStrictly() {
    let claim = Claim("s", expects: .increase)
    let clear = differences(effect: 0.5, spread: 0.1)
    let near = differences(effect: 0.033, spread: 0.1)
    let none = differences(effect: 0.01, spread: 0.1)
    #expect(claim.verdict(on: near, given: pass).outcome == .supported)
    let together = Claim.verdicts(
      on: [near, clear, none, none, none, none].map { (claim, $0) }, given: pass)
    #expect(
      together.map(\.outcome) == [.inconclusive, .supported]
        + Array(repeating: .inconclusive, count: 4))
    #expect(abs(together[1].estimate.level - (1 - 0.05 / 6)) < 1e-12)
    #expect(abs(together[0].estimate.level - (1 - 0.05 / 5)) < 1e-12)
  }

  @Test func sentencesHaveThreeDigits() {
    #expect(shortText(0.012345) == "0.0123")
    #expect(shortText(-1234.5) == "-1230")
    #expect(shortText(95) == "95" && shortText(0) == "0")
  }
}
