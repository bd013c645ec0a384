import Testing

@testable import ScalingLaws

@Suite struct IsoComputationTests {
  /// Rows of `knownSurface` at sizes that are `step` apart, with data from a tenth of to a thousand times the size.
  private func rows(
    step: Double = 2, counted: (Double) -> Double = { $0 },
    operations: (Double) -> Double = { 6 * $0 }
  ) -> [SizeRow] {
    (0..<14).map { index in
      let size = 1e3 * Elementary.power(step, Double(index))
      return SizeRow(
        parameters: counted(size), operations: operations(size),
        losses: (0..<9).map { step in
          let data = size * Elementary.power(10, -1 + Double(step) / 2)
          return (data, knownSurface.loss(parameters: size, data: data))
        })
    }
  }

  @Test(arguments: ComputeOptimum.Estimator.allCases)
  func theSquareRootIsFound(estimator: ComputeOptimum.Estimator) throws {
    let rows = rows()
    // Sizes around the optimum alone: a parabola describes no more than its neighbourhood.
    let budgets = [1e9, 4e9, 1.6e10, 6.4e10]
    let result = IsoComputation(rows, budgets: budgets, estimator: estimator)
    #expect(result.optima.count == 4 && result.discarded.isEmpty)
    #expect(abs(try #require(result.exponent) - 0.5) < 0.02, "\(result.exponent ?? 0)")
    for optimum in result.optima where estimator == .akima {
      let best = knownSurface.bestAllocation(computation: optimum.computation)
      #expect(abs(Elementary.logarithm(optimum.parameters / best.parameters)) < 0.1)
      #expect(abs(Elementary.logarithm(optimum.data / best.data)) < 0.1)
    }
  }

  /// Pearce and Song (2024): who leaves the embeddings out, and counts operations by what is left, finds at small sizes
  /// that the best size grows faster.
  @Test func leavingOutEmbeddingsMovesTheExponentUp() throws {
    func without(_ size: Double) -> Double { size / (1 + 40 * Elementary.power(size, -0.4)) }
    let budgets = [1e9, 4e9, 1.6e10, 6.4e10]
    let whole = IsoComputation(rows(), budgets: budgets, estimator: .akima)
    let left = IsoComputation(
      rows(counted: without, operations: { 6 * without($0) }), budgets: budgets.map { $0 / 3 },
      estimator: .akima)
    #expect(try #require(left.exponent) > #require(whole.exponent) + 0.05)
  }

  @Test func edgesAreDiscardedAndCounted() {
    // The best sizes, 170,000 and 240,000, are smaller than all of these.
    let few = Array(rows().suffix(5))
    let result = IsoComputation(few, budgets: [1e13, 2e13], estimator: .parabola)
    #expect(result.optima.isEmpty && result.discarded == [1e13, 2e13])
    #expect(result.exponent == nil)
    #expect(IsoComputation.budgets(of: Array(few.prefix(3)), count: 4).isEmpty)
    let budgets = IsoComputation.budgets(of: rows(), count: 4)
    #expect(budgets.count == 4 && budgets == budgets.sorted())
  }

  @Test func akimasCurveGoesThroughItsPoints() throws {
    let points = [(0.0, 1.0), (1, 3), (2, 2), (4, 5), (5, 5)].map { (x: $0.0, y: $0.1) }
    let curve = try #require(Akima(points))
    for point in points { #expect(abs(try #require(curve.value(at: point.x)) - point.y) < 1e-12) }
    #expect(curve.value(at: 5.1) == nil && curve.value(at: -0.1) == nil)
    // On a line it is the line; where three points are level it does not swing.
    let line = try #require(Akima([0.0, 1, 2, 5].map { ($0, 2 * $0 + 1) }))
    #expect(abs(try #require(line.value(at: 3.3)) - 7.6) < 1e-12)
    #expect(Akima([(1, 1)]) == nil && Akima([(1, 1), (1, 2)]) == nil)
  }

  /// The lowest of many points of the curve lies at the one found, whether inside a piece, at a point or at an end.
  @Test(
    arguments: [
      [1.0, 3, 2, 5, 5], [4, 1, 1.5, 3, 2], [5, 4, 3, 2, 1], [2, 1, 1, 2, 4],
      [3, 1, 1.01, 3, 0.99],
    ])
  func akimasLowestPointIsFound(values: [Double]) throws {
    let curve = try #require(Akima(values.enumerated().map { (Double($0), $1) }))
    let scanned = try (0...4000).map { try #require(curve.value(at: Double($0) / 1000)) }
    let least = try #require(scanned.min())
    let lowest = curve.lowest
    #expect(lowest.y <= least && lowest.y > least - 1e-5)
    #expect(abs(try #require(curve.value(at: lowest.x)) - lowest.y) < 1e-12)
  }

  @Test func aParabolaIsItself() throws {
    let parabola = try #require(
      Parabola([-1.0, 0, 2, 3].map { ($0, 3 * ($0 - 1.5) * ($0 - 1.5) + 0.25) }))
    let vertex = try #require(parabola.vertex)
    #expect(abs(vertex.x - 1.5) < 1e-12 && abs(vertex.y - 0.25) < 1e-12)
    #expect(Parabola([(0, 1), (0, 1), (0, 2)]) == nil)
    #expect(Parabola([(0, 0), (1, 1), (2, 0)])?.vertex == nil, "it opens downwards")
  }
}
