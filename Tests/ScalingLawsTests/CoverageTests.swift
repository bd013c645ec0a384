import BPBCore
import Evidence
import ScalingLaws
import Testing
import _TestSupport

/// Intervals at 95 % cover what they claim to cover about 95 times in a hundred.
///
/// Of 200 intervals 190 would be 95 %; fewer than 180 are met once in a thousand times. Curves and draws are
/// few here, since tests run without optimisation; the long tests take more of both.
@Suite struct CoverageTests {
  private static let draws = LongTests.areWanted ? 400 : 60

  private struct Count {
    var curves = 0
    var irreducible = 0
    var coefficient = 0
    var exponent = 0
    var tenfold = 0
    var extrapolated = 0
  }

  private func count(
    of curves: Int, spread: Double, curve: (inout SeededGenerator) -> LossCurve
  ) throws -> Count {
    var generator = SeededGenerator(seed: 42)
    var count = Count()
    for _ in 0..<curves {
      count.curves += 1
      let fit = try CurveFit(curve(&generator), draws: Self.draws, using: &generator)
      let law = Curves.text
      count.irreducible += fit.intervals.irreducible.contains(law.irreducible) ? 1 : 0
      count.coefficient += fit.intervals.coefficient.contains(law.coefficient) ? 1 : 0
      count.exponent += fit.intervals.exponent.contains(law.exponent) ? 1 : 0
      guard let tenfold = fit.extrapolations.first else { continue }
      let seen = law.loss(after: tenfold.bytes) * (1 + spread * generator.normal())
      count.extrapolated += 1
      count.tenfold += tenfold.interval.contains(seen) ? 1 : 0
    }
    return count
  }

  private func expectCoverage(_ count: Count) {
    let least = Self.least(of: count.curves)
    #expect(count.irreducible >= least)
    #expect(count.coefficient >= least)
    #expect(count.exponent >= least)
    #expect(count.extrapolated * 10 >= count.curves * 9)
    #expect(count.tenfold >= Self.least(of: count.extrapolated))
  }

  /// What a count of mean 95 % misses once in a thousand times: 3.1 standard deviations below.
  private static func least(of trials: Int) -> Int {
    let n = Double(trials)
    return Int(0.95 * n - 3.1 * (0.95 * 0.05 * n).squareRoot())
  }

  @Test func figuresAlone() throws {
    let sizes = Curves.sizes(9, ratio: 3)
    expectCoverage(
      try count(of: LongTests.areWanted ? 1000 : 200, spread: 0.002) {
        Curves.noisy(Curves.text, sizes: sizes, spread: 0.002, using: &$0)
      })
  }

  /// Three runs at small sizes, one at large ones, each on blocks of its own.
  @Test func runsAndBlocks() throws {
    let sizes = Curves.sizes(8, ratio: 4)
    expectCoverage(
      try count(of: LongTests.areWanted ? 1000 : 60, spread: 0.003) { generator in
        LossCurve(
          sizes.enumerated().map { index, bytes in
            LossPoint(
              bytes: bytes,
              replicates: (0..<(index < 5 ? 3 : 1)).map { _ in
                let rate = Curves.text.loss(after: bytes) * (1 + 0.001 * generator.normal())
                return Replicate(
                  blocks: (0..<10).map { _ in
                    BlockCost(bits: 4096 * rate * (1 + 0.009 * generator.normal()), bytes: 4096)
                  })
              })
          })
      })
  }
}
