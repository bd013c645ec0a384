import Evidence
import ScalingLaws
import Testing

/// What is fitted to points that lie on a law is that law.
@Suite struct RecoveryTests {
  static let laws = [
    PowerLaw(irreducible: 1.5, coefficient: 40, exponent: 0.3),
    PowerLaw(irreducible: 2, coefficient: 10, exponent: 0.5),
    PowerLaw(irreducible: 0.9, coefficient: 6, exponent: 0.12),
    PowerLaw(irreducible: 1.69, coefficient: 410.7, exponent: 0.28),
    PowerLaw(irreducible: 0.1, coefficient: 8, exponent: 0.05),
    PowerLaw(irreducible: 2.2, coefficient: 300, exponent: 0.9),
  ]

  @Test(arguments: laws) func exactPointsGiveTheLaw(law: PowerLaw) throws {
    for count in [4, 17] {
      let curve = LossCurve(
        Curves.sizes(count, ratio: 3).map { LossPoint(bytes: $0, loss: law.loss(after: $0)) })
      let fit = try Curves.fit(curve, draws: 2)
      #expect(fit.law.distance(from: law) < 1e-6)
      #expect(fit.fit.residuals.allSatisfy { abs($0) < 1e-9 })
    }
  }

  @Test func theOrderOfPointsDoesNotMatter() throws {
    let points = Curves.sizes(9).map { LossPoint(bytes: $0, loss: Curves.text.loss(after: $0)) }
    #expect(
      try Curves.fit(LossCurve(points)) == Curves.fit(LossCurve(points.reversed())))
  }

  /// One point of seventeen is off by a fifth: a sum of squares would follow it.
  @Test func anOutlierMovesLittle() throws {
    var points = Curves.sizes(17).map { LossPoint(bytes: $0, loss: Curves.text.loss(after: $0)) }
    points[8].loss *= 1.2
    #expect(try Curves.fit(LossCurve(points)).law.distance(from: Curves.text) < 0.02)
  }

  @Test func aPointWithoutWeightMovesNothing() throws {
    var points = Curves.sizes(17).map { LossPoint(bytes: $0, loss: Curves.text.loss(after: $0)) }
    points[16].loss *= 1.2
    let full = try Curves.fit(LossCurve(points)).law.distance(from: Curves.text)
    points[16].weight = 1e-12
    #expect(try Curves.fit(LossCurve(points)).law.distance(from: Curves.text) < 1e-6)
    #expect(full > 1e-4)
  }

  @Test func aPurePowerLawIsFoundWithoutIrreducibleLoss() throws {
    let curve = LossCurve(
      Curves.sizes(12).map { LossPoint(bytes: $0, loss: 9 * PowerLawTests.power($0, -0.1)) })
    let fit = try Curves.fit(curve)
    #expect(abs(fit.withoutIrreducible.law.coefficient / 9 - 1) < 1e-6)
    #expect(abs(fit.withoutIrreducible.law.exponent / 0.1 - 1) < 1e-6)
    #expect(fit.withoutIrreducible.law.irreducible == 0)
    #expect(fit.refusal?.reason == .notIdentified)
  }

  @Test func aSurfaceIsRecovered() throws {
    let law = ChinchillaLaw(
      irreducible: 1.7, parameterCoefficient: 20, parameterExponent: 0.35, dataCoefficient: 300,
      dataExponent: 0.4)
    let points = [3e3, 1e4, 1e5, 3e5].flatMap { parameters in
      [2.5e5, 1e6, 1.6e7].map {
        SurfacePoint(
          parameters: parameters, data: $0, loss: law.loss(parameters: parameters, data: $0))
      }
    }
    let fit = try SurfaceFit(points)
    let found = try #require(fit.law.chinchilla)
    #expect(abs(found.irreducible / law.irreducible - 1) < 1e-6)
    #expect(abs(found.parameterCoefficient / law.parameterCoefficient - 1) < 1e-6)
    #expect(abs(found.parameterExponent / law.parameterExponent - 1) < 1e-6)
    #expect(abs(found.dataCoefficient / law.dataCoefficient - 1) < 1e-6)
    #expect(abs(found.dataExponent / law.dataExponent - 1) < 1e-6)
    #expect(fit.reachedBest > fit.starts / 2)
  }
}
