import BPBCore
import Testing

@testable import NeuralModels

@Suite struct StreamMatchesTests {
  /// Goes through a text as a coder does and returns, for each place of each stream, what was expected. What is not written yet reads
  /// as `unknown`.
  private func expectations(
    _ text: [UInt8], streams: Int, unknown: UInt8
  ) -> [[(byte: UInt8, length: Int)?]] {
    let length = (text.count + streams - 1) / streams
    let matches = StreamMatches(streams: streams, length: length, byteCount: text.count)
    var written = Array(repeating: unknown, count: text.count)
    var found: [[(byte: UInt8, length: Int)?]] = Array(repeating: [], count: streams)
    for place in 0..<length {
      written.withUnsafeMutableBufferPointer { known in
        let there = (0..<streams).filter { $0 * length + place < text.count }
        for stream in there {
          found[stream].append(matches.expected(stream, at: place, in: known.baseAddress!))
        }
        for stream in there { known[stream * length + place] = text[stream * length + place] }
        for stream in there { matches.advance(stream, past: place, in: known.baseAddress!) }
      }
    }
    return found
  }

  @Test func aRepetitionIsFollowed() {
    var random = SeededGenerator(seed: 1)
    let phrase = (0..<50).map { _ in UInt8.random(in: 0...255, using: &random) }
    let found = expectations(phrase + phrase, streams: 1, unknown: 0)[0]
    #expect(found[..<60].allSatisfy { $0 == nil })
    for place in 60..<100 { #expect(found[place]?.byte == phrase[place - 50], "\(place)") }
    #expect(found[99]?.length == 49)
  }

  @Test func onceItFailsAMatchEnds() {
    var random = SeededGenerator(seed: 2)
    let phrase = (0..<40).map { _ in UInt8.random(in: 1...255, using: &random) }
    let found = expectations(phrase + phrase[..<20] + [0] + phrase[20...], streams: 1, unknown: 0)[
      0]
    #expect(found[60] != nil && found[61] == nil)
  }

  /// What is expected must not depend on bytes that a decoder has yet to decode.
  @Test(arguments: [1, 2, 3, 5])
  func nothingUnknownIsLookedAt(streams: Int) {
    var random = SeededGenerator(seed: UInt64(streams))
    let phrase = (0..<97).map { _ in UInt8.random(in: 97...99, using: &random) }
    let text = (0..<2000).map { $0 % 331 == 0 ? 120 : phrase[$0 % 97] }
    let (one, other) = (
      expectations(text, streams: streams, unknown: 97),
      expectations(text, streams: streams, unknown: 99)
    )
    var count = 0
    for stream in 0..<streams {
      for (a, b) in zip(one[stream], other[stream]) {
        #expect(a?.byte == b?.byte && a?.length == b?.length)
        count += a == nil ? 0 : 1
      }
    }
    #expect(count > 100)
  }

  @Test func streamsFindWhatOthersWrote() {
    var random = SeededGenerator(seed: 9)
    let phrase = (0..<30).map { _ in UInt8.random(in: 0...255, using: &random) }
    let filler = (0..<70).map { _ in UInt8.random(in: 0...255, using: &random) }
    // The phrase comes first in one stream, and later in the other.
    let found = expectations(phrase + filler + filler.reversed() + phrase, streams: 2, unknown: 0)
    #expect(found[1][85...].filter { $0 != nil }.count == 15)
  }
}
