import BPBCore
import Testing

@testable import Evidence

@Suite struct LogisticRegressionTests {
  private typealias Group = LogisticRegression.Group

  private func logit(_ p: Double) -> Double { Elementary.logarithm(p / (1 - p)) }

  /// Where every group has a chance of its own, Jeffreys' prior is half a success and half a failure more in each of two
  /// (Firth, 1993, section 4.3).
  @Test func groupsOfTheirOwnAreAsByHand() throws {
    let alone = try #require(LogisticRegression([Group([1], successes: 3, trials: 10)]))
    #expect(abs(alone.coefficients[0] - logit(3.5 / 11)) < 1e-9)
    let two = try #require(
      LogisticRegression([
        Group([1, 0], successes: 2, trials: 20), Group([1, 1], successes: 9, trials: 12),
      ]))
    #expect(abs(two.coefficients[0] - logit(2.5 / 21)) < 1e-9)
    #expect(abs(two.coefficients[1] - (logit(9.5 / 13) - logit(2.5 / 21))) < 1e-9)
    #expect(abs(two.probability(at: [1, 1]) - 9.5 / 13) < 1e-9)
  }

  @Test func groupsMayBeTakenApart() throws {
    let whole = [Group([1, 0], successes: 2, trials: 5), Group([1, 3], successes: 4, trials: 6)]
    let apart = whole.flatMap { group in
      (0..<Int(group.trials)).map {
        Group(group.covariates, successes: Double($0) < group.successes ? 1 : 0, trials: 1)
      }
    }
    let (one, other) = (LogisticRegression(whole), LogisticRegression(apart))
    let difference = zip(one!.coefficients, other!.coefficients).map { abs($0 - $1) }.max()!
    #expect(difference < 1e-9)
  }

  /// Plain maximum likelihood would go to infinity.
  @Test func perfectSeparationHasAFiniteSlope() throws {
    let fit = try #require(
      LogisticRegression(
        (0..<8).map { Group([1, Double($0)], successes: $0 < 4 ? 0 : 5, trials: 5) }))
    #expect(fit.coefficients[1] > 1 && fit.coefficients[1] < 20)
  }

  @Test func whatSaysNothingIsRefused() {
    let never = [Group([1, 0], successes: 0, trials: 5), Group([1, 1], successes: 0, trials: 5)]
    let always = [Group([1, 0], successes: 5, trials: 5), Group([1, 1], successes: 5, trials: 5)]
    let same = [Group([1, 2], successes: 1, trials: 5), Group([1, 2], successes: 2, trials: 5)]
    #expect(LogisticRegression(never) == nil)
    #expect(LogisticRegression(always) == nil)
    #expect(LogisticRegression(same) == nil)
    #expect(LogisticRegression([]) == nil)
  }

  private let covariates = (-3...3).map { [1, Double($0)] }

  /// Units that see all covariates, of chance `slope` times theirs, and of a luck of their own.
  private func units(
    _ count: Int, slope: Double, luck: Double, using generator: inout SeededGenerator
  ) -> [LogisticUnit] {
    (0..<count).map { _ in
      let own = luck * generator.normal()
      return LogisticUnit(
        covariates.indices.map {
          let p = 1 / (1 + Elementary.exponential(-slope * covariates[$0][1] - own))
          return .init(covariates: $0, succeeded: generator.fraction() < p)
        })
    }
  }

  private func slope(_ units: [[LogisticUnit]]) -> BootstrapDistribution? {
    var generator = SeededGenerator(seed: 1)
    return Bootstrap(draws: 200).distributions(
      ofLogistic: units, covariates: covariates, using: &generator)?[1]
  }

  @Test func intervalsHoldTheTruth() throws {
    for (seed, truth) in [(UInt64(1), 1.0), (2, 0), (3, -0.5)] {
      var generator = SeededGenerator(seed: seed)
      let replicates = (0..<4).map { _ in
        units(40, slope: truth, luck: 0, using: &generator)
      }
      let interval = try #require(slope(replicates)).interval()
      #expect(interval.contains(truth) && interval.halfWidth < 0.5, "\(truth): \(interval)")
      #expect(truth == 0 || !interval.contains(0))
    }
  }

  /// A unit's trials stand or fall together: seven alike tell no more than one.
  @Test func trialsOfAUnitAreNoIndependentEvidence() throws {
    func width(copies: Int) throws -> Double {
      let units = (0..<3).map { seed in
        (0..<30).map { unit in
          let trial = LogisticUnit.Trial(
            covariates: unit % 7, succeeded: (unit * 7 + seed * 3) % 11 < unit % 7 + 2)
          return LogisticUnit([LogisticUnit.Trial](repeating: trial, count: copies))
        }
      }
      return try #require(slope(units)).interval().halfWidth
    }
    let (one, many) = (try width(copies: 1), try width(copies: 9))
    #expect(many > 0.85 * one, "\(many) against \(one)")
  }
}
