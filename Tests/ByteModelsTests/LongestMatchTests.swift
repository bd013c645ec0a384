import Testing

@testable import ByteModels

/// A repetition is noticed, foretold to its end, and forgotten when its text is.
@Suite struct LongestMatchTests {
  /// Feeds `text` and says how many of its bytes were foretold, of those that were foretold at all.
  private func feed(
    _ text: [UInt8], to match: inout LongestMatch, history: inout UInt64
  ) -> (right: Int, wrong: Int) {
    var (right, wrong) = (0, 0)
    for byte in text {
      if match.expected == Int(byte) { right += 1 } else if match.expected >= 0 { wrong += 1 }
      history = history << 8 | UInt64(byte)
      match.advance(past: byte, history: history)
    }
    return (right, wrong)
  }

  private func noise(_ count: Int, seed: UInt32) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
  }

  /// With rings of 2^12, 2^24 and 2^26 bytes an entry has 8 and 6 bits to know the bytes by.
  @Test(arguments: [1 << 12, 1 << 24, 1 << 26])
  func aRepetitionIsForetold(window: Int) throws {
    var match = try LongestMatch(bytes: window, bytesPerEntry: 4)
    var history: UInt64 = 0
    let text = noise(1000, seed: 1)
    let first = feed(text, to: &match, history: &history)
    #expect(first.right == 0)
    let second = feed(text, to: &match, history: &history)
    #expect(second.right > 970)
    #expect(second.wrong <= 1)
    #expect(match.length > 900)
    #expect(match.lengthClass == 24)
  }

  @Test func overwrittenTextIsNotMatched() throws {
    var match = try LongestMatch(bytes: 1 << 12, bytesPerEntry: 2)
    var history: UInt64 = 0
    let text = noise(500, seed: 1)
    _ = feed(text, to: &match, history: &history)
    _ = feed(noise(1 << 12, seed: 2), to: &match, history: &history)
    let again = feed(text, to: &match, history: &history)
    #expect(again.right == 0)
  }

  @Test func whatDiffersEndsTheMatch() throws {
    var match = try LongestMatch(bytes: 1 << 12, bytesPerEntry: 4)
    var history: UInt64 = 0
    let text = noise(100, seed: 1)
    _ = feed(text + text, to: &match, history: &history)
    let expected = match.expected
    #expect(expected == Int(text[0]))
    _ = feed([UInt8(expected) ^ 1], to: &match, history: &history)
    #expect(match.length == 0)
    #expect(match.expected == -1)
  }
}
