import BPBCore
import Corpora
import Testing

struct MarkovSourceTests {
  /// The entropy in bits of a coin, by values worked out elsewhere.
  private static let ofOneQuarter = 0.8112781244591328
  private static let ofOneEighth = 0.5435644431995964

  @Test func twoStatesHaveTheClosedForm() {
    // From a to b with 1/4, from b to a with 1/8: in the long run a third of the time in a.
    let source = MarkovSource(alphabet: Array("ab".utf8), order: 1, weights: [3, 1, 1, 7])
    let expected = (Self.ofOneQuarter + 2 * Self.ofOneEighth) / 3
    #expect(abs(source.entropyRate - expected) < 1e-12)
  }

  @Test func periodicChainsSettle() {
    let cycle = MarkovSource(alphabet: Array("ab".utf8), order: 1, weights: [0, 1, 1, 0])
    #expect(cycle.entropyRate == 0)
  }

  @Test(arguments: [0, 1, 3])
  func equalWeightsHaveTheEntropyOfTheAlphabet(order: Int) {
    let contexts = [1, 4, 16, 64][order]
    let source = MarkovSource(
      alphabet: Array("acgt".utf8), order: order,
      weights: [UInt32](repeating: 5, count: contexts * 4))
    #expect(abs(source.entropyRate - 2) < 1e-12)
  }

  @Test func textsCostTheEntropyRate() {
    let source = MarkovSource(alphabet: Array("abcde ".utf8), order: 2, seed: 7)
    var generator = SeededGenerator(seed: 8)
    let text = source.bytes(count: 100_000, from: &generator)
    let cost = source.codeLength(of: text)
    #expect(cost.kind == .ideal && cost.byteCount == 100_000)
    #expect(abs(cost.bits / 100_000 - source.entropyRate) < 0.01)
  }

  @Test func impossibleBytesCostInfinitelyMuch() {
    let cycle = MarkovSource(alphabet: Array("ab".utf8), order: 1, weights: [0, 1, 1, 0])
    #expect(cycle.codeLength(of: Array("baba".utf8)).bits == 0)
    #expect(cycle.codeLength(of: Array("bb".utf8)).bits == .infinity)
    #expect(cycle.codeLength(of: Array("x".utf8)).bits == .infinity)
  }

  @Test func theGeneratorIsSplitMix64() {
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
    var again = SeededGenerator(seed: 1_234_567)
    #expect(again.bytes(count: 3) == [0x85, 0xFC, 0x08])
  }

  @Test func boundsAreKept() {
    var generator = SeededGenerator(seed: 3)
    let drawn = (0..<6000).map { _ in generator.next(below: 6) }
    for value in UInt64(0)..<6 { #expect((900...1100).contains(drawn.count { $0 == value })) }
    #expect(drawn.max() == 5)
  }
}
