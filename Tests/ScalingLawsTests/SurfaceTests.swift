import BPBCore
import Evidence
import Testing

@testable import ScalingLaws

/// A surface such as bytes of text and small networks give, its best size growing as the square root of computation.
let knownSurface = ChinchillaLaw(
  irreducible: 1.2, parameterCoefficient: 30, parameterExponent: 0.4, dataCoefficient: 150,
  dataExponent: 0.4)

@Suite struct SurfaceTests {
  /// Losses of `law` at six sizes and five amounts of data, off by `noise` of themselves.
  private func points(
    _ law: SurfaceLaw, noise: Double = 0, seed: UInt64 = 1
  ) -> [SurfacePoint] {
    var generator = SeededGenerator(seed: seed)
    return [3e3, 1e4, 3e4, 1e5, 3e5, 1e6].flatMap { size in
      [2.5e5, 1e6, 4e6, 1.6e7, 6.4e7].map { data in
        let loss = law.loss(parameters: size, data: data)
        return SurfacePoint(
          parameters: size, data: data, loss: loss * (1 + noise * generator.normal()))
      }
    }
  }

  @Test func aSurfaceIsFound() throws {
    let fit = try SurfaceFit(points(.additive(knownSurface)))
    let law = try #require(fit.law.chinchilla)
    #expect(abs(law.irreducible - 1.2) < 1e-4)
    #expect(abs(law.parameterExponent - 0.4) < 1e-4 && abs(law.dataExponent - 0.4) < 1e-4)
    #expect(abs(law.sizeExponent - 0.5) < 1e-4)
    #expect(fit.scatter < 1e-6 && fit.reachedBest > 1)
  }

  @Test func everyFormIsFound() throws {
    let without = ChinchillaLaw(
      irreducible: 0, parameterCoefficient: 8, parameterExponent: 0.2, dataCoefficient: 20,
      dataExponent: 0.25)
    let joint = KaplanLaw(
      criticalParameters: 1e9, parameterExponent: 0.07, criticalData: 1e11, dataExponent: 0.1)
    let cases: [(SurfaceForm, SurfaceLaw)] = [
      (.withoutConstant, .additive(without)), (.joint, .joint(joint)),
      (.interaction, .interaction(knownSurface, coefficient: 2000, exponent: 0.5)),
      (.interaction, .interaction(knownSurface, coefficient: -2, exponent: 0.1)),
    ]
    for (form, law) in cases {
      let points = points(law)
      let fit = try SurfaceFit(points, form: form)
      #expect(fit.scatter < 1e-4, "\(form): \(fit.scatter)")
      #expect(fit.residuals.allSatisfy { abs($0) < 1e-3 })
    }
  }

  /// Intervals at 95 % hold the constants that made the points about as often as they say.
  @Test func intervalsCoverWhatMadeThePoints() throws {
    let trials = 25
    var covered = [0, 0, 0]
    for trial in 0..<trials {
      let points = points(.additive(knownSurface), noise: 0.004, seed: UInt64(trial))
      let fit = try SurfaceFit(points)
      var generator = SeededGenerator(seed: UInt64(1000 + trial))
      let uncertainty = SurfaceUncertainty(fit, points, draws: 80, using: &generator)
      let constants: [(SurfaceLaw) -> Double] = [
        { $0.chinchilla!.irreducible }, { $0.chinchilla!.parameterExponent },
        { $0.chinchilla!.dataExponent },
      ]
      let truth = SurfaceLaw.additive(knownSurface)
      for (index, constant) in constants.enumerated() {
        let interval = try #require(uncertainty.interval(of: constant))
        if interval.contains(constant(truth)) { covered[index] += 1 }
      }
      let correlation = uncertainty.correlation(
        { Elementary.logarithm($0.chinchilla!.parameterCoefficient) },
        { $0.chinchilla!.parameterExponent })
      #expect(try #require(correlation) > 0.5, "A and α are told apart with difficulty")
    }
    // Of 25 trials at 95 %, fewer than 20 are covered less than once in a thousand times.
    for count in covered { #expect(count >= 20, "\(covered)") }
  }

  /// Where the points of a size share a run, intervals hold the truth only if errors are drawn by rows. Of 8 trials at 95 %,
  /// fewer than 5 are covered less than once in a thousand times.
  @Test func whatRunsMoveTogetherIsDrawnTogether() throws {
    let runs = SyntheticRuns(
      data: [2.5e5, 1e6, 4e6, 1.6e7, 6.4e7], seeds: { _ in 1 },
      noise: RowNoise(row: 0.005, point: 0.001))
    var (held, byRows, byPoints) = (0, 0.0, 0.0)
    for trial in 0..<8 {
      let points = runs.rows(seed: UInt64(trial)).flatMap(\.mean.surfacePoints)
      let fit = try SurfaceFit(points)
      var generator = SeededGenerator(seed: UInt64(1000 + trial))
      let rows = SurfaceUncertainty(fit, rowsOf: points, draws: 40, using: &generator)
      let single = SurfaceUncertainty(fit, points, draws: 40, using: &generator)
      let interval = try #require(rows.interval { $0.chinchilla!.parameterExponent })
      held += interval.contains(knownSurface.parameterExponent) ? 1 : 0
      byRows += interval.halfWidth
      byPoints += try #require(single.interval { $0.chinchilla!.parameterExponent }).halfWidth
    }
    #expect(held >= 5 && byRows > 2 * byPoints, "\(held) \(byRows) \(byPoints)")
  }

  @Test func theLargestAreForetold() throws {
    let points = points(.additive(knownSurface), noise: 0.002)
    let holdOut = try #require(SurfaceHoldOut(points))
    #expect(holdOut.points.count == 10)
    let additive = try #require(holdOut.score(of: .additive)).error
    #expect(additive < 0.01)
    #expect(try #require(holdOut.score(of: .withoutConstant)).error > additive)
    #expect(try #require(holdOut.score(of: nil)).error > 3 * additive, "the nearest point")
  }

  /// By a smaller hold-out within what is shown, so that the choice knows nothing of the largest.
  @Test func aFormIsChosenWithoutTheLargest() throws {
    let joint = KaplanLaw(
      criticalParameters: 1e9, parameterExponent: 0.07, criticalData: 1e11, dataExponent: 0.1)
    #expect(SurfaceHoldOut.choice(points(.joint(joint), noise: 0.001)) == .joint)
    let gaining = SurfaceLaw.interaction(knownSurface, coefficient: -4, exponent: 0.1)
    var points = points(gaining, noise: 0.001)
    #expect(SurfaceHoldOut.choice(points) == .interaction)
    points = points.map {
      $0.parameters < 1e6 && $0.data < 6.4e7
        ? $0 : SurfacePoint(parameters: $0.parameters, data: $0.data, loss: 9)
    }
    #expect(SurfaceHoldOut.choice(points) == .interaction, "whatever the largest did")
    #expect(SurfaceHoldOut.choice(Array(points.prefix(7))) == nil)
  }

  @Test func whatIsNoSurfaceIsRefused() {
    let one = SurfacePoint(parameters: 1, data: 1, loss: 1)
    for points in [
      [one, one], Array(repeating: one, count: 9),
      Array(repeating: SurfacePoint(parameters: -1, data: 1, loss: 1), count: 9),
    ] {
      #expect(throws: FitRefusal.self) { try SurfaceFit(points) }
    }
    #expect(SurfaceHoldOut([one]) == nil)
  }
}
