import Testing

@testable import ScalingLaws

@Suite struct EstimatorBiasTests {
  /// α and β differ, and so do the slopes on both sides of an optimum.
  private let skewed = ChinchillaLaw(
    irreducible: 1.2, parameterCoefficient: 15, parameterExponent: 0.32, dataCoefficient: 400,
    dataExponent: 0.45)

  private func bias(
    _ runs: SyntheticRuns, _ estimator: ComputeOptimum.Estimator, count: Int = 8
  ) throws -> (bias: Double, exponent: Double) {
    let rows = runs.rows().map(\.mean)
    let budgets = IsoComputation.budgets(of: rows, count: count)
    let bias = IsoComputation.bias(
      of: .additive(runs.law), rows, budgets: budgets, estimator: estimator)
    let found = IsoComputation(rows, budgets: budgets, estimator: estimator).exponent
    return (try #require(bias), try #require(found))
  }

  /// With operations of 6 N the true exponent is the closed form's, found here in another way.
  @Test(arguments: ComputeOptimum.Estimator.allCases)
  func biasIsWhatIsFoundLessTheClosedForm(estimator: ComputeOptimum.Estimator) throws {
    let runs = SyntheticRuns(law: skewed)
    let (bias, found) = try bias(runs, estimator)
    #expect(abs(bias - (found - skewed.sizeExponent)) < 1e-6)
    #expect(abs(bias) > 1e-4, "the grid is coarse and the law skewed")
  }

  /// It is of the law and the design alone: noise in the rows changes nothing.
  @Test func noiseIsNoBias() throws {
    var runs = SyntheticRuns(law: skewed)
    let exact = try bias(runs, .parabola).bias
    runs.noise = RowNoise(row: 0.01, point: 0.01)
    #expect(abs(try bias(runs, .parabola).bias - exact) < 1e-12)
  }

  @Test func aFineGridHasNearlyNone() throws {
    var runs = SyntheticRuns(law: skewed)
    runs.sizes = (0..<29).map { 3e3 * Elementary.power(10, Double($0) / 8) }
    runs.data = (0..<28).map { 1e5 * Elementary.power(2, Double($0) / 2) }
    #expect(abs(try bias(runs, .akima).bias) < 0.004)
    #expect(
      abs(try bias(runs, .akima).bias) < abs(try bias(SyntheticRuns(law: skewed), .akima).bias))
  }
}
