import BPBCore
import Evidence
import Testing

@testable import ScalingLaws

@Suite struct SurfaceDifferenceTests {
  private func fitted(
    _ law: ChinchillaLaw, seed: UInt64, drawn: UInt64, form: SurfaceForm = .additive
  ) throws -> (fit: SurfaceFit, uncertainty: SurfaceUncertainty) {
    let runs = SyntheticRuns(law: law, seeds: { _ in 1 }, noise: RowNoise(row: 0, point: 0.003))
    let points = runs.rows(seed: seed).flatMap(\.mean.surfacePoints)
    let fit = try SurfaceFit(points, form: form)
    var generator = SeededGenerator(seed: drawn)
    return (fit, SurfaceUncertainty(fit, points, draws: 80, using: &generator))
  }

  @Test func aSteeperLawIsToldFromAnother() throws {
    var steep = knownSurface
    steep.dataExponent = 0.5
    steep.dataCoefficient = 600
    let difference = SurfaceDifference(
      try fitted(steep, seed: 1, drawn: 3), minus: try fitted(knownSurface, seed: 2, drawn: 4))
    let beta = try #require(difference.dataExponent).interval
    #expect(beta.contains(0.1) && !beta.contains(0), "\(beta)")
    #expect(try #require(difference.parameterExponent).interval.contains(0))
    let term = Elementary.logarithm(600 / 150.0) - 0.1 * Elementary.logarithm(1e6)
    let drawn = try #require(difference.logDataTerm(at: 1e6)).interval
    #expect(drawn.contains(term) && drawn.halfWidth < 0.3)
    let loss = try #require(difference.loss(parameters: 1e5, data: 1e6))
    let truth =
      steep.loss(parameters: 1e5, data: 1e6) - knownSurface.loss(parameters: 1e5, data: 1e6)
    #expect(loss.interval.contains(truth) && abs(loss.value - truth) < 0.02)
  }

  /// Draws of one seed are alike, and must not be subtracted from each other.
  @Test func drawsOfOneSeedDoNotPair() throws {
    let one = try fitted(knownSurface, seed: 1, drawn: 3)
    let difference = try #require(SurfaceDifference(one, minus: one).dataExponent)
    let single = try #require(one.uncertainty.interval { $0.chinchilla!.dataExponent })
    #expect(difference.value == 0)
    #expect(difference.interval.halfWidth > 1.1 * single.halfWidth)
  }

  @Test func aJointLawHasNoSuchExponents() throws {
    let joint = try fitted(knownSurface, seed: 1, drawn: 3, form: .joint)
    let difference = SurfaceDifference(joint, minus: try fitted(knownSurface, seed: 2, drawn: 4))
    #expect(difference.dataExponent == nil && difference.logDataTerm(at: 1e6) == nil)
    #expect(difference.loss(parameters: 1e5, data: 1e6) != nil)
  }
}
