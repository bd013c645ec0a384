import LossyCoding
import Testing
import _TestSupport

/// The bounds against closed forms and against each other.
@Suite struct RateDistortionBoundTests {
  private static let sources: [[Double]] = [
    [0.9, 0.1], [0.5, 0.5], [0.5, 0.25, 0.15, 0.1], [0.7, 0.1, 0.1, 0.05, 0.03, 0.02],
    [Double](repeating: 1 / 16, count: 16),
  ]

  private static func entropy(_ p: [Double]) -> Double {
    p.reduce(0) { $0 - $1 * log2Reference($1) }
  }

  /// h(p) - h(D): the first example of every textbook (Cover and Thomas, theorem 10.3.1).
  @Test func bernoulliIsTheTextbooks() {
    for p in [0.05, 0.1, 0.3, 0.5] {
      for distortion in [0.001, 0.01, 0.04] {
        let expected = Self.entropy([p, 1 - p]) - Self.entropy([distortion, 1 - distortion])
        let rate = RateDistortion.memoryless([p, 1 - p], distortion: distortion)
        #expect(abs(rate - expected) < 1e-12)
      }
      #expect(RateDistortion.memoryless([p, 1 - p], distortion: p) < 1e-12)
    }
  }

  /// log2 m - h(D) - D log2(m - 1): Cover and Thomas, problem 10.5.
  @Test func uniformIsTheTextbooks() {
    let expected = 8 - Self.entropy([0.3, 0.7]) - 0.3 * log2Reference(255)
    let rate = RateDistortion.memoryless([Double](repeating: 1 / 256, count: 256), distortion: 0.3)
    #expect(abs(rate - expected) < 1e-9)
  }

  /// The closed form and Blahut's iteration know nothing of each other.
  @Test func closedFormIsWhatIterationFinds() {
    for p in Self.sources {
      for slope in [0.3, 0.8, 1.5, 3.0, 6.0] {
        let point = RateDistortion.blahut(p, slope: slope)
        let rate = RateDistortion.memoryless(p, distortion: point.distortion)
        #expect(abs(point.rate - rate) < 1e-5, "\(p) at \(slope)")
      }
    }
  }

  /// Up to D = (m - 1) p_min Shannon's bound is reached, and beyond it is below (Gray 1973).
  @Test func shannonsBoundIsReachedWhereItShouldBe() {
    let p = [0.5, 0.25, 0.15, 0.1]
    for (distortion, isReached) in [(0.05, true), (0.29, true), (0.35, false), (0.45, false)] {
      let bound = RateDistortion.shannonLowerBound(
        entropyRate: Self.entropy(p), symbols: 4, distortion: distortion)
      let rate = RateDistortion.memoryless(p, distortion: distortion)
      #expect(isReached ? abs(rate - bound) < 1e-12 : rate > bound + 1e-4, "\(distortion)")
    }
  }

  @Test func endsAreEntropyAndNothing() {
    for p in Self.sources {
      #expect(abs(RateDistortion.memoryless(p, distortion: 0) - Self.entropy(p)) < 1e-12)
      #expect(RateDistortion.memoryless(p, distortion: 1 - p.max()!) < 1e-12)
    }
    #expect(
      RateDistortion.shannonLowerBound(entropyRate: 2, symbols: 256, distortion: 0.999) == 0)
  }
}
