import NeuralModels
import Testing

@Suite struct TunePartTests {
  @Test func everyByteIsInOneOfTheParts() {
    let text = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    let part = TunePart(of: text, share: 0.08)
    #expect(part.watched.count == 80)
    #expect(part.training.count == 920)
    #expect((part.training + part.watched).sorted() == text.sorted())
    #expect(part.watched.prefix(10) == text[115..<125])
  }

  @Test func aShortTextIsNotCut() {
    let part = TunePart(of: [1, 2, 3], share: 0.02)
    #expect(part.training == [1, 2, 3] && part.watched.isEmpty)
    #expect(TunePart(of: Array(repeating: 7, count: 1000), share: 0).watched.isEmpty)
  }

  @Test func aLongTextIsWatchedInPart() {
    let part = TunePart(of: Array(repeating: 7, count: 1 << 24), share: 0.5)
    #expect(part.watched.count == 1 << 16)
  }
}
