import BPBCore
import Evidence
import Testing

@testable import ScalingLaws

@Suite struct ReconciliationTests {
  private static let best = RunArm(rate: .tuned, schedule: .matched)
  private static let kaplan = RunCount(parameters: .nonEmbedding, operations: .sixPerParameter)
  private static let exact = RunCount(parameters: .total, operations: .exact)

  /// Half of the parameters are embeddings at 10,000, a seventh at a million.
  private func sizes(arms: [RunArm] = [best], seeds: Int = 3) -> [CountedRuns] {
    let runs = SyntheticRuns(
      data: (0..<6).map { 1.25e5 * Elementary.power(3.5, Double($0)) },
      noise: RowNoise(row: 0.002, point: 0.001))
    var generator = SeededGenerator(seed: 5)
    return runs.sizes.map { size in
      CountedRuns(
        totalParameters: size,
        nonEmbeddingParameters: size / (1 + 40 * Elementary.power(size, -0.4)),
        operations: 6 * size,
        arms: Dictionary(
          uniqueKeysWithValues: arms.map { arm in
            (arm, (0..<seeds).map { _ in runs.losses(of: size, using: &generator) })
          }))
    }
  }

  private func reconciliation(_ sizes: [CountedRuns], draws: Int = 40) -> Reconciliation {
    var generator = SeededGenerator(seed: 1)
    return Reconciliation(sizes, budgets: 6, draws: draws, using: &generator)
  }

  /// Who counts everything finds the 0.5 that is there; who leaves the embeddings out of sizes and operations finds more, by
  /// the same runs (Pearce and Song, 2024).
  @Test func aMiscountMovesTheExponentUp() throws {
    let result = reconciliation(sizes())
    #expect(result.analyses.count == 8)
    for estimator in ComputeOptimum.Estimator.allCases {
      let whole = try #require(result.analysis(Self.best, Self.exact, estimator))
      #expect(whole.held == [.chinchilla], "\(String(describing: whole.interval))")
      #expect(abs(try #require(whole.growth.exponent).value - 0.5) < 0.03)
      let counted = try #require(result.analysis(Self.best, Self.kaplan, estimator))
      let (low, high) = (whole.growth.exponent!, try #require(counted.growth.exponent))
      #expect(high.value > low.value + 0.04 && high.interval.low > 0.5)
      #expect(try #require(counted.held) != [.chinchilla])
      #expect(abs(try #require(whole.bias)) < 0.03)
    }
    #expect(result.closedForms.map(\.count) == RunCount.all)
    let whole = result.closedForms[0]
    #expect(whole.held == [.chinchilla], "\(String(describing: whole.exponent))")
    let law = try #require(whole.fit.law.chinchilla)
    #expect(abs(try #require(whole.exponent).value - law.sizeExponent) < 1e-6)
    let counted = try #require(result.closedForms.first { $0.count == Self.kaplan }?.exponent)
    #expect(counted.value > law.sizeExponent + 0.04)
  }

  @Test func armsThatWereNotMeasuredAreLeftOut() throws {
    let single = RunArm(rate: .single, schedule: .matched)
    var sizes = sizes(arms: [single, Self.best], seeds: 2)
    #expect(reconciliation(sizes, draws: 2).analyses.map(\.arm).prefix(9).last == single)
    // Three sizes are left of seven, and a run that diverged is none.
    for index in 0..<3 { sizes[index].arms[single] = nil }
    sizes[3].arms[single] = [[(1e5, .nan), (2e5, .infinity)]]
    #expect(reconciliation(sizes, draws: 2).analyses.allSatisfy { $0.arm == Self.best })
    #expect(reconciliation([]).analyses.isEmpty)
  }

  /// An exponent near neither holds none, one of which little is known both, and without one nothing is said.
  @Test func heldExponents() {
    func held(_ low: Double, _ high: Double, bias: Double? = nil) -> [PublishedExponent]? {
      let interval = Interval(low: low, high: high)
      return Reconciliation.held(by: interval, bias: bias)
    }
    #expect(held(0.55, 0.7) == [])
    #expect(held(0.45, 0.7) == [.chinchilla] && held(0.7, 0.8) == [.kaplan])
    #expect(held(0.45, 0.8) == [.kaplan, .chinchilla])
    #expect(held(0.51, 0.7, bias: 0.02) == [.chinchilla])
  }
}
