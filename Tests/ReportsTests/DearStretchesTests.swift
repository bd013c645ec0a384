import Testing
import _TestSupport

@testable import Reports

@Suite struct DearStretchesTests {
  /// The definition, step by step: the best subsequence, then the same on either side of it.
  private static func reference(_ scores: [Double], _ range: Range<Int>) -> [Range<Int>] {
    var best: (sum: Double, range: Range<Int>)?
    for start in range {
      var sum = 0.0
      for end in start..<range.upperBound {
        sum += scores[end]
        if sum > best?.sum ?? 0 { best = (sum, start..<end + 1) }
      }
    }
    guard let best else { return [] }
    return reference(scores, range.lowerBound..<best.range.lowerBound) + [best.range]
      + reference(scores, best.range.upperBound..<range.upperBound)
  }

  @Test(arguments: 1...60) func theyAreAsTheirDefinitionSays(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    // Whole eighths, no sum of which is rounded, and odd enough that few are equal.
    let bits = (0..<80).map { _ in Double(Int.random(in: 0...4000, using: &generator)) / 512 }
    let text = Array(repeating: UInt8(ascii: "x"), count: bits.count)
    let threshold = Double(Int.random(in: 1...15, using: &generator)) / 2
    let found = DearStretches.most(1000, in: text, bits: bits, threshold: threshold)
    let scores = bits.map { $0 - threshold }
    let expected = Self.reference(scores, 0..<bits.count)
    #expect(found.map(\.range).sorted { $0.lowerBound < $1.lowerBound } == expected)
    for stretch in found {
      #expect(stretch.score == stretch.range.reduce(0) { $0 + scores[$1] })
    }
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
  }

  @Test func onlyTheBestAreKept() {
    let bits = (0..<100).map { $0 % 10 == 0 ? Double($0) / 5 : 0 }
    let text = Array(repeating: UInt8(ascii: "x"), count: 100)
    let found = DearStretches.most(3, in: text, bits: bits, threshold: 5)
    #expect(found.map(\.range.lowerBound) == [90, 80, 70])
  }

  @Test func charactersAreNotCut() {
    let text = Array("爱爱爱".utf8)
    let found = DearStretches.most(
      5, in: text, bits: [0, 0, 0, 9, 0, 0, 0, 0, 0], threshold: 1)
    #expect(found.map(\.range) == [3..<6])
  }

  /// A high beginning and a long descent after it: every peak looks back over all others.
  @Test func aLongDescentTakesNoLonger() {
    let bits = (0..<300_000).map { $0 == 0 ? 1e6 : $0 % 2 == 0 ? 1.5 : 0 }
    let text = Array(repeating: UInt8(ascii: "x"), count: bits.count)
    let took = ContinuousClock().measure {
      #expect(DearStretches.most(3, in: text, bits: bits, threshold: 1).count == 3)
    }
    #expect(took < .seconds(20))
  }
}
