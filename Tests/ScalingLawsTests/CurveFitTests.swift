import BPBCore
import Evidence
import FoundationEssentials
import ScalingLaws
import Testing

@Suite struct CurveFitTests {
  private func curve(count: Int = 12, spread: Double = 0.001, seed: UInt64 = 6) -> LossCurve {
    var generator = SeededGenerator(seed: seed)
    return Curves.noisy(
      Curves.text, sizes: Curves.sizes(count, ratio: 3), spread: spread, using: &generator)
  }

  @Test func sameSeedSameFit() throws {
    #expect(try Curves.fit(curve()) == Curves.fit(curve()))
  }

  @Test func isWrittenAndReadBack() throws {
    let fit = try Curves.fit(curve())
    let read = try JSONDecoder().decode(CurveFit.self, from: JSONEncoder().encode(fit))
    #expect(read == fit)
  }

  @Test func extrapolatesByTenAndAHundred() throws {
    let curve = curve()
    let fit = try Curves.fit(curve)
    let largest = try #require(curve.points.last).bytes
    #expect(fit.refusal == nil)
    #expect(fit.extrapolations.map(\.bytes) == [10 * largest, 100 * largest])
    for prediction in fit.extrapolations {
      #expect(prediction.loss == fit.law.loss(after: prediction.bytes))
      #expect(prediction.interval.contains(Curves.text.loss(after: prediction.bytes)))
      #expect(prediction.interval.halfWidth < 0.1)
    }
  }

  @Test func theBandReachesFromTheFirstSizeToTheLastPrediction() throws {
    let curve = curve()
    let fit = try Curves.fit(curve)
    let (first, last) = (curve.points[0].bytes, curve.points[11].bytes)
    #expect(fit.band(at: first) != nil && fit.band(at: 100 * last) != nil)
    #expect(fit.band(at: first * 0.99) == nil && fit.band(at: 101 * last) == nil)
    #expect(fit.band(at: 100 * last) == fit.extrapolations[1].interval)
    let between = try #require(fit.band(at: 12345))
    #expect(between.contains(fit.law.loss(after: 12345)))
    let widths = [1, 10, 100].compactMap { fit.band(at: $0 * last)?.halfWidth }
    #expect(widths == widths.sorted() && widths.count == 3)
  }

  @Test func refusedFitsEndTheirBandWithTheData() throws {
    let curve = curve(count: 5)
    let fit = try Curves.fit(curve)
    let last = curve.points[4].bytes
    #expect(fit.refusal != nil && fit.extrapolations.isEmpty)
    #expect(fit.band(at: last) != nil && fit.band(at: 1.01 * last) == nil)
  }

  /// Of twelve sizes at ratio 3, two lie above a quarter of the largest; of six the two largest.
  @Test(arguments: [(12, 2), (6, 2)]) func holdsOutTheLargest(count: Int, heldOut: Int) throws {
    let curve = curve(count: count, spread: 0)
    let holdOut = try #require(try Curves.fit(curve).holdOut)
    #expect(holdOut.misses.count == heldOut)
    #expect(holdOut.trainedUpTo == curve.points[count - heldOut - 1].bytes)
    #expect(holdOut.law.distance(from: Curves.text) < 1e-6)
    #expect(holdOut.lawError < 1e-9 && holdOut.isPassed)
  }

  @Test func holdsOutAtMostAQuarter() throws {
    var generator = SeededGenerator(seed: 3)
    let curve = Curves.noisy(
      Curves.text, sizes: Curves.sizes(16, ratio: 1.2), spread: 0.001, using: &generator)
    #expect(try Curves.fit(curve, draws: 5).holdOut?.misses.count == 4)
    #expect(try Curves.fit(self.curve(count: 5), draws: 5).holdOut == nil)
  }

  /// By hand: the value stays at 2^-1; a line through 1, 2^-0.5, 2^-1 goes on to 2^-1.5 and 2^-2.
  @Test func naiveGuesses() throws {
    let losses = [8, 4, 1, 0.5.squareRoot(), 0.5, 0.5, 0.25]
    let curve = LossCurve(
      zip(Curves.sizes(7, ratio: 100), losses).map { LossPoint(bytes: $0, loss: $1) })
    let holdOut = try #require(try Curves.fit(curve, draws: 5).holdOut)
    let log2 = 0.693_147_180_559_945_3
    #expect(abs(holdOut.lastValueError - log2 / 2.0.squareRoot()) < 1e-12)
    #expect(abs(holdOut.straightLineError - log2 * 0.5 / 2.0.squareRoot()) < 1e-12)
  }

  @Test func missesAreSigned() throws {
    var points = curve(spread: 0).points
    points[11].loss += 0.05
    points[10].loss += 0.03
    let holdOut = try #require(try Curves.fit(LossCurve(points), draws: 5).holdOut)
    #expect(abs(holdOut.misses[0] + 0.03) < 1e-6 && abs(holdOut.misses[1] + 0.05) < 1e-6)
    #expect(abs(holdOut.meanMiss + 0.04) < 1e-6)
    #expect(!holdOut.isPassed)
  }

  /// Held-out sizes that were missed by one percent a factor of nine beyond are no ground for less at ten
  /// times.
  @Test func predictionsAreNoSurerThanTheHoldOutWas() throws {
    var points = curve(spread: 0).points
    for (index, error) in zip(8..., [0.0004, -0.0005, 0.012, -0.012]) {
      points[index].loss *= 1 + error
    }
    let fit = try Curves.fit(LossCurve(points), draws: 5)
    let holdOut = try #require(fit.holdOut)
    let tenfold = try #require(fit.extrapolations.first)
    let share = tenfold.interval.halfWidth / tenfold.loss
    #expect(share > holdOut.lawError)
  }

  @Test func saysWhatTheIntervalsRestOn() throws {
    let figures = try Curves.fit(curve())
    #expect(figures.uncertainty == .residuals)
    #expect(figures.notes.contains { $0.contains("only one figure") })
    var points = curve().points
    let first = BlockCost(bits: 4000 * points[0].loss, bytes: 4096)
    let second = BlockCost(bits: 4192 * points[0].loss, bytes: 4096)
    points[0] = LossPoint(bytes: points[0].bytes, replicates: [Replicate(blocks: [first, second])])
    let mixed = try Curves.fit(LossCurve(points))
    #expect(mixed.uncertainty == .replicatesAndResiduals)
    #expect(mixed.notes.contains { $0.contains("Of 12 sizes 1 have blocks") })
  }

  /// Blocks that are hard at every size move the whole curve: E becomes less certain, β hardly.
  @Test func sharedBlocksMoveTheWholeCurve() throws {
    var generator = SeededGenerator(seed: 8)
    let hardness = (0..<40).map { _ in 1 + 0.1 * generator.normal() }
    let points = Curves.sizes(9, ratio: 3).map { size in
      LossPoint(
        bytes: size,
        replicates: [
          Replicate(
            blocks: hardness.map {
              BlockCost(bits: 4096 * $0 * Curves.text.loss(after: size), bytes: 4096)
            })
        ])
    }
    let shared = try Curves.fit(LossCurve(points, blocks: .shared)).intervals
    let own = try Curves.fit(LossCurve(points, blocks: .own)).intervals
    #expect(shared.exponent.halfWidth < 1e-6)
    #expect(own.exponent.halfWidth > 0.01)
    #expect(shared.irreducible.halfWidth > 0.02)
  }

  @Test func moreNoiseWiderIntervals() throws {
    let widths = try [0.0005, 0.002, 0.008].map {
      try Curves.fit(curve(spread: $0)).intervals.exponent.halfWidth
    }
    #expect(widths == widths.sorted() && widths[2] > 4 * widths[0])
  }
}
