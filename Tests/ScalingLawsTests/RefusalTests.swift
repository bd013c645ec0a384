import BPBCore
import Evidence
import FoundationEssentials
import ScalingLaws
import Testing

/// Curves that no law should be fitted to, or that say nothing about larger sizes: each gets a sentence.
@Suite struct RefusalTests {
  private func refusal(_ losses: [Double], ratio: Double = 3) throws -> FitRefusal? {
    let curve = LossCurve(
      zip(Curves.sizes(losses.count, ratio: ratio), losses).map { LossPoint(bytes: $0, loss: $1) })
    do { return try Curves.fit(curve).refusal } catch let refusal as FitRefusal { return refusal }
  }

  private func losses(_ count: Int, ratio: Double = 3) -> [Double] {
    Curves.sizes(count, ratio: ratio).map { Curves.text.loss(after: $0) }
  }

  @Test func aGoodCurveIsNotRefused() throws {
    #expect(try refusal(losses(9)) == nil)
  }

  @Test(arguments: [0, 1, 2, 3]) func tooFewForAnyLaw(count: Int) throws {
    let refusal = try #require(try refusal(losses(count)))
    #expect(refusal.reason == .tooFewPoints)
    #expect(refusal.description.contains("at least 4 sizes"))
  }

  @Test(arguments: [0, -1, .nan, .infinity]) func badLosses(loss: Double) throws {
    var losses = losses(9)
    losses[4] = loss
    let refusal = try #require(try refusal(losses))
    #expect(refusal.reason == .badInput)
    #expect(refusal.description.contains("810000 bytes"))
  }

  @Test(arguments: [0, -5, .nan, .infinity]) func badSizesAndWeights(value: Double) {
    var points = (1...6).map { LossPoint(bytes: Double($0) * 1e5, loss: 9 - Double($0)) }
    points[2].bytes = value
    #expect(throws: FitRefusal.self) { try Curves.fit(LossCurve(points)) }
    points[2].bytes = 3e5
    points[2].weight = value
    #expect(throws: FitRefusal.self) { try Curves.fit(LossCurve(points)) }
  }

  @Test func twoPointsOfOneSize() {
    let sizes = [1e4, 1e5, 1e5, 1e6, 1e7]
    let curve = LossCurve(sizes.map { LossPoint(bytes: $0, loss: Curves.text.loss(after: $0)) })
    #expect(throws: FitRefusal.self) { try Curves.fit(curve) }
  }

  @Test func pointsWithoutBytesInTheirBlocks() {
    let empty = Replicate(blocks: [BlockCost(bits: 0, bytes: 0)])
    let curve = LossCurve(Curves.sizes(6).map { LossPoint(bytes: $0, replicates: [empty]) })
    #expect(throws: FitRefusal.self) { try Curves.fit(curve) }
  }

  @Test func blocksThatAreNotShared() {
    let curve = LossCurve(
      Curves.sizes(8).map { size in
        LossPoint(
          bytes: size,
          replicates: [
            Replicate(blocks: [BlockCost(bits: 20, bytes: size), BlockCost(bits: 9, bytes: 2)])
          ])
      }, blocks: .shared)
    #expect(throws: FitRefusal.self) { try Curves.fit(curve) }
  }

  @Test func constant() throws {
    #expect(try refusal([Double](repeating: 3, count: 9))?.reason == .flat)
  }

  @Test func moreDataHurts() throws {
    let refusal = try #require(try refusal(losses(9).reversed()))
    #expect(refusal.reason == .notFalling)
    #expect(refusal.description.contains("rises"))
  }

  @Test(arguments: 1...5) func noiseAlone(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let losses = (0..<12).map { _ in 3 + 0.01 * generator.normal() }
    let refusal = try #require(try refusal(losses))
    #expect([.notFalling, .notIdentified, .failedHoldOut].contains(refusal.reason))
  }

  @Test func tooFewToLookAhead() throws {
    let refusal = try #require(try refusal(losses(5, ratio: 10), ratio: 10))
    #expect(refusal.reason == .tooFewPoints)
    #expect(refusal.description.contains("look ahead"))
  }

  @Test func tooNarrow() throws {
    let refusal = try #require(try refusal(losses(8, ratio: 1.5), ratio: 1.5))
    #expect(refusal.reason == .narrowRange)
    #expect(refusal.description.contains("17.1 times"))
  }

  @Test func scattered() throws {
    var generator = SeededGenerator(seed: 2)
    let losses = losses(17).map { $0 * (1 + 0.04 * generator.normal()) }
    #expect(try refusal(losses)?.reason == .scattered)
  }

  /// A curve that falls by a law and then turns up: what came before promised otherwise.
  @Test func aLateTurn() throws {
    var losses = losses(12)
    for index in 9..<12 { losses[index] = losses[8] * (1 + 0.004 * Double(index - 8)) }
    let refusal = try #require(try refusal(losses))
    #expect(refusal.reason == .failedHoldOut)
    #expect(refusal.description.contains("the loss stays where it is"))
  }

  /// Whatever comes in, no crash and nothing that cannot be written down.
  @Test(arguments: 1...20) func absurdFigures(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let points = (0..<7).map { _ in
      LossPoint(
        bytes: PowerLawTests.power(10, 300 * (generator.fraction() - 0.3)),
        loss: PowerLawTests.power(10, 200 * (generator.fraction() - 0.5)))
    }
    let fit = try? Curves.fit(LossCurve(points), draws: 5)
    #expect(fit?.refusal != nil || fit == nil)
    #expect(try JSONEncoder().encode(fit).isEmpty == false)
  }

  @Test func surfacesAreCheckedToo() {
    let point = SurfacePoint(parameters: 1e4, data: 1e6, loss: 3)
    let law = PublishedLaws.besiroglu
    let row = (0..<8).map {
      let data = 1e6 * Double($0 + 1)
      return SurfacePoint(
        parameters: 1e4, data: data, loss: law.loss(parameters: 1e4, data: data))
    }
    var bad = row
    bad[3].loss = -1
    for points in [[], [point], row, bad] {
      #expect(throws: FitRefusal.self) { try SurfaceFit(points) }
    }
  }
}
