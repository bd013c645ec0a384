import BPBCore
import Corpora
import Testing

/// A sketch estimates what the whole text would tell.
@Suite struct WindowSketchTests {
  private static func random(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8(generator.next(below: 64)) }
  }

  private static func sketch(of text: [UInt8], piece: Int = .max) -> WindowSketch {
    var sketch = WindowSketch(byteCount: text.count)
    for start in stride(from: 0, to: text.count, by: min(piece, text.count)) {
      sketch.add(text.span.extracting(start..<min(start + min(piece, text.count), text.count)))
    }
    return sketch
  }

  @Test func theShareOfWindowsIsEstimated() {
    let training = Self.random(400_000, seed: 1)
    let sketch = Self.sketch(of: training)
    let mixed = Array(training[100_000..<200_000]) + Self.random(300_000, seed: 2)
    let (windows, found) = sketch.shared(with: mixed.span)
    // One window in 512 of 400,000; a quarter of them are known.
    #expect((600...1000).contains(windows))
    #expect(abs(Double(found) / Double(windows) - 0.25) < 0.05)
    #expect(sketch.shared(with: Self.random(300_000, seed: 3).span).found == 0)
  }

  @Test func howATextIsCutMakesNoDifference() {
    let text = Self.random(100_000, seed: 4)
    for piece in [1000, 49, 4097] {
      #expect(Self.sketch(of: text, piece: piece).serialised == Self.sketch(of: text).serialised)
    }
    let all = Self.sketch(of: text).shared(with: text.span)
    #expect(all.windows > 100 && all.found == all.windows)
  }

  @Test func itStaysSmall() {
    #expect(Self.sketch(of: Self.random(6_000_000, seed: 5)).serialised.count < 24_000)
    // Whatever repeats is kept once, and what is shorter than a window not at all.
    #expect(Self.sketch(of: [UInt8](repeating: 7, count: 300_000)).serialised.count <= 12)
    let short = Self.sketch(of: [UInt8](repeating: 7, count: 49))
    #expect(short.serialised.count == 8 && short.shared(with: [1, 2].span) == (0, 0))
  }

  @Test func itComesBackFromItsBytes() throws {
    let text = Self.random(50_000, seed: 6)
    let bytes = Self.sketch(of: text).serialised
    let again = try #require(WindowSketch(serialised: bytes))
    #expect(again.serialised == bytes)
    #expect(again.shared(with: text.span) == Self.sketch(of: text).shared(with: text.span))
    #expect(WindowSketch(serialised: []) == nil)
    #expect(WindowSketch(serialised: Array(bytes.dropLast())) == nil)
    #expect(WindowSketch(serialised: [UInt8](repeating: 0, count: 8)) == nil)
    #expect(WindowSketch(serialised: bytes + bytes.suffix(4)) == nil)
  }
}
