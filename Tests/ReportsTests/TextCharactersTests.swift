import Testing
import _TestSupport

@testable import Reports

@Suite struct TextCharactersTests {
  private func ranges(_ text: [UInt8]) -> [Range<Int>] { TextCharacters(text).map(\.range) }

  private func shown(_ text: [UInt8]) -> [String] {
    TextCharacters(text).map { $0.shown(in: text) }
  }

  @Test func scalarsAndBrokenBytes() {
    #expect(ranges(Array("aé爱🙂".utf8)) == [0..<1, 1..<3, 3..<6, 6..<10])
    #expect(ranges([0xE7, 0x88, 0x61, 0xFF, 0xC0, 0x80]) == (0..<6).map { $0..<$0 + 1 })
    #expect(ranges([0xED, 0xA0, 0x80]) == (0..<3).map { $0..<$0 + 1 }, "surrogates")
    #expect(ranges(Array("e\u{301}x".utf8)) == [0..<3, 3..<4], "a mark belongs to its letter")
    #expect(ranges(Array("\n\u{301}".utf8)) == [0..<1, 1..<3], "but not to a control")
  }

  @Test func whateverTheBytesTheyArePartedWhole() {
    for input in HostileInputs.all {
      let bytes = Array(input.bytes.prefix(3000))
      var end = 0
      for range in ranges(bytes) {
        #expect(range.lowerBound == end && !range.isEmpty)
        end = range.upperBound
      }
      #expect(end == bytes.count)
    }
  }

  @Test func nothingRawIsShown() {
    let hostile = Array("\u{1B}[31m\u{7}\u{9B}2J\r\u{202E}\u{200B}\0".utf8) + Array(0...255)
    for text in shown(hostile) {
      let isSafe = text.unicodeScalars.allSatisfy {
        ![.control, .format, .lineSeparator, .surrogate].contains($0.properties.generalCategory)
      }
      #expect(isSafe, "\(text.debugDescription)")
    }
    #expect(shown(Array("\u{1B}\t\n\\".utf8)) == ["\\x1b", "→", "↵", "\\"])
  }

  @Test func rangesAreWidenedToCharacters() {
    let text = Array("a爱b".utf8)
    func aligned(_ range: Range<Int>) -> Range<Int> { TextCharacters.aligned(range, in: text) }
    #expect(aligned(0..<5) == 0..<5 && aligned(1..<4) == 1..<4)
    #expect(aligned(2..<3) == 1..<4 && aligned(0..<2) == 0..<4 && aligned(3..<5) == 1..<5)
    #expect(aligned(2..<2) == 1..<1 && aligned(5..<5) == 5..<5)
    let broken: [UInt8] = [0x80, 0x80, 0xE7, 0x88]
    #expect(TextCharacters.aligned(1..<3, in: broken) == 1..<3)
  }
}
