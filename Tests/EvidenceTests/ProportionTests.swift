import Evidence
import Testing

@Suite struct ProportionTests {
  /// Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  @Test(
    arguments: [
      (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
      (1, 29, 0.0061, 0.1718),
    ])
  func wilson(successes: Int, trials: Int, low: Double, high: Double) throws {
    let interval = try #require(Interval.wilson(successes: successes, of: trials))
    #expect(abs(interval.low - low) < 5.1e-5 && abs(interval.high - high) < 5.1e-5)
  }

  @Test func wilsonIsSymmetric() throws {
    let (few, many) = (
      try #require(Interval.wilson(successes: 3, of: 40)),
      try #require(Interval.wilson(successes: 37, of: 40))
    )
    #expect(abs(few.low + many.high - 1) < 1e-12 && abs(few.high + many.low - 1) < 1e-12)
  }

  @Test func noProportionOfNothing() {
    #expect(Interval.wilson(successes: 0, of: 0) == nil)
    #expect(Interval.wilson(successes: 3, of: 2) == nil)
  }

  /// By hand: 4·0.005, 3·0.01, 2·0.03, then 1·0.04, which may not fall below 0.06.
  @Test func holmByHand() {
    let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(found - expected) < 1e-15)
    }
    #expect(Holm.adjusted([0.6, 0.7]) == [1, 1])
    #expect(Holm.adjusted([]) == [])
  }
}

@Suite struct DifferenceTests {
  private func proportion(_ successes: Int, _ trials: Int) throws -> Estimate {
    Estimate(
      value: Double(successes) / Double(trials),
      interval: try #require(Interval.wilson(successes: successes, of: trials)))
  }

  /// 56 of 70 less 48 of 80: Newcombe's own example, table II.
  @Test func differencesOfProportionsAreAsPublished() throws {
    let difference = Estimate(
      difference: try proportion(56, 70), minus: try proportion(48, 80))
    #expect(abs(difference.value - 0.2) < 1e-12)
    #expect(abs(difference.interval.low - 0.0524) < 5e-5)
    #expect(abs(difference.interval.high - 0.3339) < 5e-5)
  }

  /// It does not shrink to nothing where all differ from all.
  @Test func theEndsAreNoCertainties() throws {
    let difference = Estimate(
      difference: try proportion(10, 10), minus: try proportion(0, 20))
    #expect(difference.value == 1 && abs(difference.interval.high - 1) < 1e-12)
    #expect(difference.interval.low > 0.6 && difference.interval.low < 0.7)
  }
}
