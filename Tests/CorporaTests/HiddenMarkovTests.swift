import BPBCore
import Corpora
import Testing

struct HiddenMarkovTests {
  private static let coin = [UInt32](arrayLiteral: 3, 1, 1, 7)

  /// Each state has a symbol of its own: nothing is hidden.
  @Test func aChainThatShowsItsStatesIsAMarkovSource() {
    let source = HiddenMarkovSource(
      name: "x", alphabet: Array("ab".utf8), transitions: Self.coin, emissions: [1, 0, 0, 1])
    let chain = MarkovSource(alphabet: Array("ab".utf8), order: 1, weights: Self.coin)
    #expect(abs(source.entropyRate.lower - chain.entropyRate) < 1e-12)
    #expect(abs(source.entropyRate.upper - chain.entropyRate) < 1e-12)
    let text = source.bytes(count: 500, seed: 3)
    #expect(text.first == UInt8(ascii: "a"))
    #expect(
      abs(source.codeLength(of: text).bits - chain.codeLength(of: Array(text[1...])).bits) < 1e-9)
  }

  /// All states emit alike: what is hidden does not matter.
  @Test func aChainOfEqualStatesIsIndependent() {
    let source = HiddenMarkovSource(
      name: "x", alphabet: Array("ab".utf8), transitions: Self.coin, emissions: [1, 3, 1, 3])
    #expect(abs(source.entropyRate.lower - 0.8112781244591328) < 1e-12)
    #expect(abs(source.entropyRate.upper - 0.8112781244591328) < 1e-12)
  }

  /// Two states, both emissions possible in both.
  private static let noisy = HiddenMarkovSource(
    name: "x", alphabet: Array("ab".utf8), transitions: [9, 1, 2, 8], emissions: [4, 1, 1, 3])
  private static let transition = [[0.9, 0.1], [0.2, 0.8]]
  private static let emission = [[0.8, 0.2], [0.25, 0.75]]

  /// The probability of `symbols` from a distribution over states, summed over all paths.
  private static func probability(of symbols: [Int], from start: [Double]) -> Double {
    (0..<1 << symbols.count).reduce(0.0) { sum, path in
      var p = start[path & 1]
      for (step, symbol) in symbols.enumerated() {
        let state = path >> step & 1
        p *= emission[state][symbol]
        if step + 1 < symbols.count { p *= transition[state][path >> (step + 1) & 1] }
      }
      return sum + p
    }
  }

  private static func strings(_ length: Int) -> [[Int]] {
    (0..<1 << length).map { number in (0..<length).map { number >> $0 & 1 } }
  }

  @Test func lengthsAreSumsOverAllPaths() {
    for symbols in Self.strings(7) {
      let text = symbols.map { UInt8(ascii: "a") + UInt8($0) }
      let p = Self.probability(of: symbols, from: [1, 0])
      #expect(abs(Self.noisy.codeLength(of: text).bits + PortableMath.log2(p)) < 1e-12)
    }
  }

  /// The theorem's bounds for blocks of a length, by enumeration of every string and every path.
  private static func bounds(_ n: Int) -> (lower: Double, upper: Double) {
    func blockEntropy(_ length: Int, from start: [Double]) -> Double {
      strings(length).reduce(0) {
        let p = probability(of: $1, from: start)
        return $0 - p * PortableMath.log2(p)
      }
    }
    func conditional(from start: [Double]) -> Double {
      blockEntropy(n, from: start) - blockEntropy(n - 1, from: start)
    }
    let stationary = [2.0 / 3, 1.0 / 3]
    let known =
      stationary[0] * conditional(from: [1, 0]) + stationary[1] * conditional(from: [0, 1])
    return (known, conditional(from: stationary))
  }

  @Test func boundsAgreeWithThoseOfTheTheorem() {
    let rate = Self.noisy.entropyRate
    #expect(rate.upper - rate.lower < 0.001 && rate.lower < rate.upper)
    for n in 2...8 {
      let bounds = Self.bounds(n)
      #expect(bounds.lower < rate.upper && rate.lower < bounds.upper)
    }
    let wide = Self.bounds(2)
    let close = Self.bounds(8)
    #expect(close.upper - close.lower < 0.01 && wide.upper - wide.lower > 0.02)
    #expect(abs(rate.middle - (close.lower + close.upper) / 2) < 0.005)
  }

  @Test(arguments: 1...8) func defaultsAreTight(seed: Int) throws {
    let rate = try KnownSourceTable.builtin.source(named: "hmm:seed=\(seed)").entropyRate
    #expect(rate.upper - rate.lower < 0.005 && rate.lower > 0 && rate.upper < 2)
  }

  @Test func aStubbornChainHasBoundsThatHold() throws {
    let rate = try KnownSourceTable.builtin
      .source(named: "hmm:states=4:symbols=6:stay=0.999:seed=5").entropyRate
    #expect(rate.lower <= rate.upper && rate.lower > 0 && rate.upper < 2.585)
  }

  /// Symbols and moves come as often as their weights say.
  @Test func drawsHaveTheirFrequencies() {
    let source = HiddenMarkovSource(
      name: "x", alphabet: Array("abc".utf8), transitions: [1, 3, 1, 1],
      emissions: [1, 1, 0, 0, 0, 1])
    let text = source.bytes(count: 60_000, seed: 4)
    // State 1 shows as c. In the long run 2/5 of the time is spent in state 0, half of it on a, and of
    // the rest half stays where it is.
    let counts = Array("abc".utf8).map { byte in text.count { $0 == byte } }
    #expect((23_400...24_600).contains(counts[0] + counts[1]) && counts.reduce(0, +) == 60_000)
    #expect((11_600...12_400).contains(counts[0]))
    let returns = zip(text, text.dropFirst()).count { $0 == UInt8(ascii: "c") && $0 == $1 }
    #expect((17_500...18_500).contains(returns))
  }
}
