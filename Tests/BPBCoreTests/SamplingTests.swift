import BPBCore
import Testing

/// Draws come as often as they should, and the same everywhere.
@Suite struct SamplingTests {
  private static let frequencies: [UInt32] = [1, 5, 0, 20, 100, 3, 50, 7]

  private func draws(
    _ count: Int, of frequencies: [UInt32] = frequencies, at temperature: Double, seed: UInt64 = 1
  ) -> [Int] {
    var sampling = Sampling(temperature: temperature, seed: seed)
    return (0..<count).map { _ in sampling.index(among: frequencies.span) }
  }

  /// Whether each index came as often as `shares` of the draws, within five standard deviations.
  private func expectShares(_ shares: [Double], in draws: [Int]) {
    let total = shares.reduce(0, +)
    for (index, share) in shares.enumerated() {
      let p = share / total
      let expected = p * Double(draws.count)
      let found = Double(draws.count { $0 == index })
      let bound = 5 * (expected * (1 - p)).squareRoot()
      #expect(abs(found - expected) <= bound, "\(index) came \(found) times, not \(expected)")
    }
  }

  @Test func aCoinFallsAsOftenAsItShould() {
    for one: UInt32 in [1, 16384, 32768, 65000] {
      expectShares(
        [Double(65536 - one), Double(one)],
        in: draws(40_000, of: [65536 - one, one], at: 1, seed: UInt64(one)))
    }
  }

  /// p^(1/T), for exponents that multiplications give.
  @Test func temperaturesArePowers() {
    let powers: [(temperature: Double, of: (Double) -> Double)] = [
      (1, { $0 }), (0.5, { $0 * $0 }), (0.25, { $0 * $0 * $0 * $0 }), (2, { $0.squareRoot() }),
      (4, { $0.squareRoot().squareRoot() }),
    ]
    for power in powers {
      let draws = draws(12_000, at: power.temperature, seed: 3)
      expectShares(Self.frequencies.map { power.of(Double($0)) }, in: draws)
    }
  }

  @Test func greatHeatIsEven() {
    let draws = draws(12_000, at: 1e6)
    expectShares(Self.frequencies.map { $0 == 0 ? 0 : 1 }, in: draws)
    #expect(!draws.contains(2), "what cannot be was drawn")
  }

  @Test func noHeatTakesTheLikeliestAndTheFirstOfEquals() {
    #expect(Set(draws(100, at: 0)) == [4])
    #expect(Set(draws(100, of: [3, 9, 9, 1], at: 0)) == [1])
    #expect(Set(draws(100, of: [0, 0, 1], at: 0)) == [2])
    // A little heat is almost none, and overflows nowhere.
    #expect(Set(draws(100, at: 1e-300)) == [4])
    #expect(Set(draws(1000, of: [3, 9, 9, 1], at: 1e-300)) == [1, 2])
  }

  /// By a program of its own: SplitMix64, the upper half of a product at 1, sums of powers elsewhere.
  @Test(arguments: [
    (1.0, [6, 4, 4, 4, 3, 6, 4, 6, 4, 4, 4, 4, 4, 4, 4, 4, 3, 4, 3, 5, 6, 3, 4, 4]),
    (0.7, [6, 4, 4, 4, 3, 6, 4, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 3, 4, 4]),
    (3.0, [6, 3, 3, 4, 0, 6, 3, 6, 4, 5, 3, 4, 4, 4, 5, 3, 1, 4, 1, 6, 7, 1, 5, 5]),
  ])
  func drawsAreTheSameEverywhere(temperature: Double, expected: [Int]) {
    #expect(draws(24, at: temperature, seed: 42) == expected)
  }

  @Test func seedsDiffer() {
    #expect(draws(50, at: 1, seed: 1) == draws(50, at: 1, seed: 1))
    #expect(draws(50, at: 1, seed: 1) != draws(50, at: 1, seed: 2))
  }
}

@Suite struct SafeLinesTests {
  /// `bytes` in pieces of `size`, as they are printed.
  private func shown(_ bytes: [UInt8], pieces size: Int) -> String {
    var lines = SafeLines()
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: size) {
      text += lines.add(bytes[start..<min(start + size, bytes.count)].span)
    }
    return text + lines.finish()
  }

  @Test(arguments: [
    ("one\n\ttwo\n", "one\n\ttwo\n"), ("no end", "no end\n"), ("", ""), ("a\\b", "a\\b\n"),
    ("\u{1B}[2J\r\n", "\\x1b[2J\\x0d\n"), ("红楼梦 🙂é", "红楼梦 🙂é\n"),
    ("\u{202E}x", "\\xe2\\x80\\xaex\n"),
  ])
  func linesStayAndHarmGoes(text: String, expected: String) {
    for size in 1...7 { #expect(shown(Array(text.utf8), pieces: size) == expected) }
  }

  @Test func whatIsNoTextShowsAsBytes() {
    #expect(shown([0x41, 0xE7, 0xBA], pieces: 1) == "A\\xe7\\xba\n")
    #expect(shown([0xE7, 0xBA, 0x41, 0xFF, 0x80, 0x0A], pieces: 1) == "\\xe7\\xbaA\\xff\\x80\n")
    let any = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ $0 / 7) }
    for size in 1...9 { #expect(shown(any, pieces: size) == shown(any, pieces: 600)) }
  }
}
