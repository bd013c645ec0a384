import ScalingLaws
import Testing

@Suite struct LBFGSTests {
  /// The banana valley of H. H. Rosenbrock (1960), least at (1, 1).
  private struct Valley: DifferentiableFunction {
    func value(at point: [Double], gradient: inout [Double]) -> Double {
      let (x, y) = (point[0], point[1])
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
      gradient[1] = 200 * (y - x * x)
      return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
    }
  }

  /// A sum of squares whose curvatures differ by 10^8.
  private struct Needle: DifferentiableFunction {
    func value(at point: [Double], gradient: inout [Double]) -> Double {
      var value = 0.0
      for i in point.indices {
        let curvature = [1.0, 1e4, 1e8][i]
        gradient[i] = curvature * (point[i] - 3)
        value += curvature * (point[i] - 3) * (point[i] - 3) / 2
      }
      return value
    }
  }

  /// |x|: it has no slope of zero, only a kink.
  private struct Kink: DifferentiableFunction {
    func value(at point: [Double], gradient: inout [Double]) -> Double {
      gradient[0] = point[0] < 0 ? -1 : 1
      return abs(point[0])
    }
  }

  /// Not a number beyond 1, where a first step would land.
  private struct Cliff: DifferentiableFunction {
    func value(at point: [Double], gradient: inout [Double]) -> Double {
      gradient[0] = point[0] > 1 ? .nan : point[0] - 0.9
      return point[0] > 1 ? .nan : (point[0] - 0.9) * (point[0] - 0.9) / 2
    }
  }

  @Test(arguments: [[-1.2, 1], [0, 0], [5, -3], [-100, 100]])
  func followsTheValley(start: [Double]) {
    let minimum = LBFGS(tolerance: 1e-12).minimise(Valley(), from: start)
    #expect(abs(minimum.point[0] - 1) < 1e-9 && abs(minimum.point[1] - 1) < 1e-9)
    #expect(minimum.slope < 1e-8)
  }

  @Test func needsFewStepsDownANeedle() {
    let minimum = LBFGS(tolerance: 1e-9).minimise(Needle(), from: [0, 0, 0])
    #expect(minimum.point.allSatisfy { abs($0 - 3) < 1e-8 })
    #expect(minimum.iterations < 40)
  }

  @Test func endsAtAKink() {
    let minimum = LBFGS().minimise(Kink(), from: [2.7])
    #expect(abs(minimum.point[0]) < 1e-9)
  }

  @Test func staysWhereThereAreNumbers() {
    let minimum = LBFGS(tolerance: 1e-12).minimise(Cliff(), from: [0.5])
    #expect(abs(minimum.point[0] - 0.9) < 1e-9)
  }
}
