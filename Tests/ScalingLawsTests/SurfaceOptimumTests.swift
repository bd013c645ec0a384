import Testing

@testable import ScalingLaws

@Suite struct SurfaceOptimumTests {
  private let sixTimes = OperationsCurve([(1e3, 6e3), (1e6, 6e6)])!

  @Test(arguments: [PublishedLaws.besiroglu, PublishedLaws.hoffmannPrinted, knownSurface])
  func theClosedFormIsMet(law: ChinchillaLaw) throws {
    let budgets = [1e9, 1e11, 1e13]
    for budget in budgets {
      let best = try #require(
        SurfaceOptimum.best(of: .additive(law), sixTimes, computation: budget))
      let closed = law.bestAllocation(computation: budget)
      #expect(abs(best.parameters / closed.parameters - 1) < 1e-5)
      #expect(abs(best.data / closed.data - 1) < 1e-5)
    }
    let exponent = SurfaceOptimum.exponent(of: .additive(law), sixTimes, budgets: budgets)
    #expect(abs(try #require(exponent) - law.sizeExponent) < 1e-6)
  }

  /// Where a size costs more than its parameters say, no size nearby is better than the one found.
  @Test func exactOperationsHaveTheirOwnOptimum() throws {
    let counted = [1e3, 1e4, 1e5, 1e6].map {
      (parameters: $0, operations: 6 * $0 + 900 * $0.squareRoot())
    }
    let operations = try #require(OperationsCurve(counted))
    let best = try #require(
      SurfaceOptimum.best(of: .additive(knownSurface), operations, computation: 1e12))
    for factor in [0.9, 0.99, 1.01, 1.1] {
      let size = best.parameters * factor
      let data = 1e12 / operations.operations(parameters: size)
      #expect(knownSurface.loss(parameters: size, data: data) > best.loss)
    }
    #expect(abs(best.data * operations.operations(parameters: best.parameters) / 1e12 - 1) < 1e-9)
    let closed = knownSurface.bestAllocation(computation: 1e12)
    #expect(abs(best.parameters / closed.parameters - 1) > 0.01)
  }

  @Test func aLawWithoutABestSizeHasNone() {
    var flat = knownSurface
    flat.dataExponent = 0
    #expect(SurfaceOptimum.best(of: .additive(flat), sixTimes, computation: 1e12) == nil)
    #expect(
      SurfaceOptimum.exponent(of: .additive(flat), sixTimes, budgets: [1e9, 1e10, 1e11]) == nil)
  }
}
