import Testing

@testable import NeuralModels

@Suite struct TrainingPlanTests {
  /// 0.16 / sqrt(width), at most 0.04, to three places.
  @Test(arguments: [
    ("neural:3k", 0.04), ("neural:30k", 0.028), ("neural:1M", 0.014), ("gru:width=64", 0.02),
    ("lstm:width=256", 0.01), ("mlp:width=512", 0.007), ("gru:width=8192", 0.002),
  ])
  func ratesFallWithTheRootOfTheWidth(architecture: String, rate: Double) throws {
    let plan = TrainingPlan.usual(
      for: try Architecture(parsing: architecture), textBytes: 1 << 20, seed: 1)
    #expect(plan.optimiser.rate == rate)
    #expect(plan.optimiser.matrixRate == rate)
  }
}
