import Testing

@testable import ScalingLaws

@Suite struct OperationsCurveTests {
  @Test func powersAreMetBetweenAndBeyond() throws {
    let sizes = [1e5, 1e3, 1e4, 1e6].map {
      (parameters: $0, operations: 20 * Elementary.power($0, 0.9))
    }
    let curve = try #require(OperationsCurve(sizes))
    for size in [1.0, 1e3, 5e4, 1e6, 1e9] {
      let expected = 20 * Elementary.power(size, 0.9)
      #expect(abs(curve.operations(parameters: size) / expected - 1) < 1e-9)
    }
    let logSize = curve.logSize(logOperations: Elementary.logarithm(20 * 1e9))
    #expect(abs(logSize - 10 * Elementary.logarithm(10)) < 1e-9)
  }

  /// The ends follow the nearest two sizes, whatever lies between.
  @Test func endsAreStraight() throws {
    let curve = try #require(OperationsCurve([(1, 1), (10, 10), (100, 1e4), (1000, 1e6)]))
    #expect(abs(curve.operations(parameters: 0.01) - 0.01) < 1e-12)
    #expect(abs(curve.operations(parameters: 1e4) / 1e8 - 1) < 1e-12)
  }

  @Test func whatIsNoCurveIsRefused() {
    #expect(OperationsCurve([(1, 1)]) == nil)
    #expect(OperationsCurve([(1, 1), (1, 2)]) == nil)
    #expect(OperationsCurve([(1, 1), (2, 0)]) == nil)
    #expect(OperationsCurve([(1, 1), (.infinity, 1)]) == nil)
  }
}
