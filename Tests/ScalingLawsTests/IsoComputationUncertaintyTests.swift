import BPBCore
import Evidence
import Testing
import _TestSupport

@testable import ScalingLaws

@Suite struct IsoComputationUncertaintyTests {
  private static let trials = LongTests.areWanted ? 400 : 40
  private static let draws = LongTests.areWanted ? 300 : 40

  private func uncertainty(
    _ rows: [SeededRow], _ estimator: ComputeOptimum.Estimator, noise: RowNoise? = nil,
    seed: UInt64 = 1
  ) -> IsoComputationUncertainty {
    var generator = SeededGenerator(seed: seed)
    return IsoComputationUncertainty(
      rows, budgets: IsoComputation.budgets(of: rows.map(\.mean), count: 5),
      estimator: estimator, noise: noise, draws: Self.draws, using: &generator)
  }

  /// Intervals at 95 % hold the closed form's exponent, and its data per parameter, about as often as they say: of 40 at
  /// 95 %, fewer than 33 are met once in a thousand times.
  @Test(arguments: ComputeOptimum.Estimator.allCases)
  func intervalsCoverTheClosedForm(estimator: ComputeOptimum.Estimator) throws {
    let runs = SyntheticRuns(seeds: { $0 < 5 ? 3 : 1 }, noise: RowNoise(row: 0.003, point: 0.002))
    var covered = (size: 0, ratio: 0, figures: 0, of: 0)
    for trial in 1...Self.trials {
      let result = uncertainty(runs.rows(seed: UInt64(trial)), estimator, seed: UInt64(trial))
      let law = runs.law
      covered.size += try #require(result.exponent).interval.contains(law.sizeExponent) ? 1 : 0
      let slope = try #require(result.dataPerParameterExponent)
      covered.ratio += slope.interval.contains(1 - 2 * law.sizeExponent) ? 1 : 0
      for (optimum, figure) in zip(result.result.optima, result.dataPerParameter) {
        let truth = law.bestAllocation(computation: optimum.computation).dataPerParameter
        covered.of += 1
        covered.figures += try #require(figure).interval.contains(truth) ? 1 : 0
      }
      // Noise of half a per cent must not leave the exponent open.
      #expect(try #require(result.exponent).interval.halfWidth < 0.2)
    }
    let least = LongTests.areWanted ? Self.trials * 92 / 100 : 33
    #expect(covered.size >= least && covered.ratio >= least, "\(covered)")
    #expect(covered.figures * 100 >= covered.of * 88, "\(covered)")
  }

  /// More seeds, shorter intervals; one seed is enough for one, by its scatter about a law.
  @Test func seedsShortenIntervals() throws {
    let noise = RowNoise(row: 0.003, point: 0.002)
    let widths = try [1, 12].map { count in
      let runs = SyntheticRuns(seeds: { _ in count }, noise: noise)
      return try #require(uncertainty(runs.rows(), .parabola).exponent).interval.halfWidth
    }
    #expect(widths[1] < 0.6 * widths[0], "\(widths)")
  }

  /// Optima that lie off their line by more than the seeds explain are no more certain for seeds that agree.
  @Test func scatterAboutTheLineCounts() throws {
    let runs = SyntheticRuns(seeds: { _ in 1 }, noise: RowNoise(row: 0.006, point: 0))
    let exact = RowNoise(row: 0, point: 0)
    let scattered = try #require(uncertainty(runs.rows(), .akima, noise: exact).exponent)
    #expect(scattered.interval.halfWidth > 0.01)
    let none = SyntheticRuns(seeds: { _ in 1 })
    let straight = try #require(uncertainty(none.rows(), .akima, noise: exact).exponent)
    #expect(straight.interval.halfWidth < 0.5 * scattered.interval.halfWidth)
  }

  @Test func withoutOptimaThereIsNothingToSay() {
    let runs = SyntheticRuns(
      sizes: [1e6, 2e6, 4e6, 8e6], noise: RowNoise(row: 0.003, point: 0.002))
    let result = uncertainty(runs.rows(), .akima)
    #expect(result.result.optima.count < IsoComputation.fewestOptima)
    #expect(result.exponent == nil && result.dataPerParameterExponent == nil)
    #expect(result.dataPerParameter.count == result.result.optima.count)
  }
}
