import Evidence
import Testing

/// Values from tables (Abramowitz and Stegun 1964, 26.1 and 26.10).
@Suite struct DistributionTests {
  @Test(arguments: [
    (0.5, 0.0), (0.975, 1.959_963_985), (0.025, -1.959_963_985), (0.9995, 3.290_526_731),
  ])
  func normalQuantiles(probability: Double, value: Double) {
    #expect(abs(NormalDistribution.quantile(probability) - value) < 1e-8)
  }

  @Test(
    arguments: [(1, 12.706_205), (2, 4.302_653), (3, 3.182_446), (9, 2.262_157), (120, 1.979_930)])
  func studentQuantiles(degreesOfFreedom: Int, value: Double) {
    let quantile = StudentDistribution.quantile(0.975, degreesOfFreedom: degreesOfFreedom)
    #expect(abs(quantile - value) < 1e-6)
    let mirrored = StudentDistribution.quantile(0.025, degreesOfFreedom: degreesOfFreedom)
    #expect(abs(mirrored + value) < 1e-6)
  }

  @Test func studentBecomesNormal() {
    let difference =
      StudentDistribution.quantile(0.975, degreesOfFreedom: 1000)
      - NormalDistribution.quantile(0.975)
    #expect(difference > 0 && difference < 0.003)
  }

  @Test func quantilesByHand() throws {
    let sample = try #require(SortedSample([4, 1, 3, 2]))
    #expect(sample.quantile(0) == 1 && sample.quantile(1) == 4)
    #expect(sample.median == 2.5)
    #expect(abs(sample.quantile(0.3) - 1.5) < 1e-12)
    #expect(sample.quantile(0.1) == 1 && sample.quantile(0.9) == 4)
    #expect(abs(sample.interval(level: 0.4).halfWidth - 1) < 1e-12)
  }

  @Test func noQuantilesOfNothing() {
    #expect(SortedSample([]) == nil)
    #expect(SortedSample([1, .nan]) == nil)
  }
}
