import BPBCore
import Evidence
import Testing

@Suite struct BootstrapTests {
  /// Replicates with a deviation of their own over blocks of 1000 to 5000 bytes, some hard for all of them.
  private func replicates(
    _ count: Int, blocks: Int, design: BlockDesign, spread: Double,
    using generator: inout SeededGenerator
  ) -> [Replicate] {
    let bytes = (0..<blocks).map { _ in Double(1000 + generator.index(below: 4001)) }
    let hardness = bytes.map { _ in 0.3 * generator.normal() }
    return (0..<count).map { _ in
      let own = spread * generator.normal()
      return Replicate(
        blocks: (0..<blocks).map { block in
          let hard = design == .shared ? hardness[block] : 0.3 * generator.normal()
          let rate = 2 + own + hard + 0.02 * generator.normal()
          return BlockCost(bits: bytes[block] * rate, bytes: bytes[block])
        })
    }
  }

  private struct Case {
    var replicates, blocks: Int
    var design: BlockDesign
    var spread: Double
  }

  private static let cases = [
    Case(replicates: 1, blocks: 60, design: .own, spread: 0),
    Case(replicates: 3, blocks: 30, design: .own, spread: 0.1),
    Case(replicates: 5, blocks: 20, design: .own, spread: 0.05),
    Case(replicates: 3, blocks: 30, design: .shared, spread: 0.05),
    Case(replicates: 5, blocks: 20, design: .shared, spread: 0.2),
  ]

  /// Of 300 intervals at 95 % the truth is inside 270 or more but once in a thousand times.
  @Test(arguments: cases.indices)
  func intervalsCoverTheTruth(index: Int) throws {
    let setting = Self.cases[index]
    var generator = SeededGenerator(seed: UInt64(index) + 1)
    var covered = 0
    for _ in 0..<300 {
      let drawn = replicates(
        setting.replicates, blocks: setting.blocks, design: setting.design,
        spread: setting.spread, using: &generator)
      let distribution = Bootstrap(draws: 200)
        .distribution(of: drawn, blocks: setting.design, using: &generator)
      let interval = try #require(distribution).interval()
      covered += interval.contains(2) ? 1 : 0
    }
    #expect(covered >= 270)
  }

  @Test func ratioIsTotalBitsOverTotalBytes() throws {
    let replicate = Replicate(blocks: [
      BlockCost(bits: 80, bytes: 10), BlockCost(bits: 1000, bytes: 1000),
    ])
    var generator = SeededGenerator(seed: 1)
    let distribution = try #require(
      Bootstrap().distribution(of: [replicate], blocks: .own, using: &generator))
    #expect(distribution.estimate == 1080.0 / 1010)
    #expect(distribution.draws.values.count == 2000)
    #expect(distribution.draws.values.first == 1 && distribution.draws.values.last == 8)
  }

  @Test func sameSeedSameInterval() {
    var (first, second) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
    let drawn = replicates(3, blocks: 10, design: .own, spread: 0.1, using: &first)
    #expect(drawn == replicates(3, blocks: 10, design: .own, spread: 0.1, using: &second))
    #expect(
      Bootstrap().distribution(of: drawn, blocks: .own, using: &first)
        == Bootstrap().distribution(of: drawn, blocks: .own, using: &second))
  }

  /// Pairing removes what is hard for both: the interval of the difference is much the narrower.
  @Test func pairsCancelWhatIsHardForBoth() throws {
    var generator = SeededGenerator(seed: 3)
    let worse = replicates(4, blocks: 40, design: .shared, spread: 0, using: &generator)
    let better = worse.map { run in
      Replicate(
        blocks: run.blocks.map { BlockCost(bits: $0.bits - 0.1 * $0.bytes, bytes: $0.bytes) })
    }
    let bootstrap = Bootstrap(draws: 500)
    let alone = try #require(
      bootstrap.distribution(of: worse, blocks: .shared, using: &generator))
    let difference = try #require(
      bootstrap.distribution(
        ofDifference: better, minus: worse, blocks: .shared, using: &generator))
    #expect(abs(difference.estimate + 0.1) < 1e-12)
    #expect(difference.interval().halfWidth < 1e-9)
    #expect(alone.interval().halfWidth > 0.05)
  }

  /// Blocks that all runs share are as uncertain as one run of them, not as many.
  @Test func sharedBlocksAreNotAveragedAway() throws {
    var generator = SeededGenerator(seed: 4)
    let runs = replicates(8, blocks: 50, design: .shared, spread: 0, using: &generator)
    let one = try #require(
      Bootstrap().distribution(of: [runs[0]], blocks: .own, using: &generator))
    let shared = try #require(
      Bootstrap().distribution(of: runs, blocks: .shared, using: &generator))
    let ratio = shared.interval().halfWidth / one.interval().halfWidth
    #expect(ratio > 0.85 && ratio < 1.15)
  }

  @Test func refusesWhatCannotBeDrawn() {
    var generator = SeededGenerator(seed: 1)
    let block = BlockCost(bits: 8, bytes: 4)
    let hopeless: [[Replicate]] = [
      [], [Replicate(blocks: [])], [Replicate(blocks: [block])],
      [Replicate(blocks: [BlockCost(bits: 8, bytes: 0), BlockCost(bits: 8, bytes: 0)])],
      [Replicate(blocks: [BlockCost(bits: .nan, bytes: 4), block])],
    ]
    for replicates in hopeless {
      for design in [BlockDesign.own, .shared] {
        #expect(
          Bootstrap().distribution(of: replicates, blocks: design, using: &generator) == nil)
      }
    }
    let unequal = [
      Replicate(blocks: [block, block]), Replicate(blocks: [block, BlockCost(bits: 8, bytes: 5)]),
    ]
    #expect(Bootstrap().distribution(of: unequal, blocks: .shared, using: &generator) == nil)
    #expect(
      Bootstrap().distribution(
        ofDifference: [unequal[0]], minus: [unequal[1]], blocks: .own, using: &generator) == nil)
  }

  @Test func joiningKeepsTheSums() {
    let replicate = Replicate(blocks: (1...10).map { BlockCost(bits: Double($0), bytes: 2) })
    let joined = replicate.joined(toAtMost: 3)
    #expect(joined.blocks.map(\.bits) == [6, 15, 34])
    #expect(joined.blocks.map(\.bytes) == [6, 6, 8])
    #expect(replicate.joined(toAtMost: 10) == replicate)
  }
}
