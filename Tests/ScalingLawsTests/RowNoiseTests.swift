import BPBCore
import Testing

@testable import ScalingLaws

@Suite struct RowNoiseTests {
  private let truth = RowNoise(row: 0.004, point: 0.001)

  @Test func seedsShowBothComponents() throws {
    let runs = SyntheticRuns(seeds: { _ in 30 }, noise: truth)
    let noise = try #require(RowNoise(seedsOf: runs.rows()))
    #expect(abs(noise.row / truth.row - 1) < 0.15, "\(noise.row)")
    #expect(abs(noise.point / truth.point - 1) < 0.05, "\(noise.point)")
    #expect(noise.rowDegreesOfFreedom == 7 * 29 && noise.pointDegreesOfFreedom == 7 * 29 * 9)
  }

  /// Sizes of one seed say nothing about seeds, and those of two say it for all.
  @Test func sizesOfOneSeedBorrowFromOthers() throws {
    let runs = SyntheticRuns(seeds: { $0 < 2 ? 2 : 1 }, noise: truth)
    let noise = try #require(RowNoise(seedsOf: runs.rows()))
    #expect(noise.rowDegreesOfFreedom == 2 && noise.pointDegreesOfFreedom == 18)
    #expect(RowNoise(seedsOf: SyntheticRuns(seeds: { _ in 1 }).rows()) == nil)
  }

  @Test func oneSeedShowsItAsScatterAboutALaw() throws {
    var sum = 0.0
    for seed in 1...6 {
      let runs = SyntheticRuns(seeds: { _ in 1 }, noise: truth)
      let noise = try RowNoise(scatterOf: runs.rows(seed: UInt64(seed)))
      #expect(abs(noise.point / truth.point - 1) < 0.4, "\(noise.point)")
      sum += noise.row / truth.row / 6
    }
    #expect(sum > 0.6 && sum < 1.4, "\(sum)")
    let few = SyntheticRuns(sizes: [1e4, 1e5], seeds: { _ in 1 }, noise: truth)
    #expect(throws: FitRefusal.self) { try RowNoise(scatterOf: few.rows()) }
  }

  @Test func meansAreOfWhatAllSeedsReached() throws {
    let row = SeededRow(
      parameters: 1, operations: 6,
      seeds: [[(4, 1), (1, 8), (2, 2)], [(1, 2), (2, 8), (4, .nan)], [], [(1, .infinity)]])
    #expect(row.seeds.count == 2)
    #expect(row.mean.losses.map(\.data) == [1, 2])
    #expect(row.mean.losses.allSatisfy { abs($0.loss - 4) < 1e-12 })
    #expect(SeededRow(parameters: 1, operations: 1, seeds: []).mean.losses.isEmpty)
  }
}
