import BPBCore
import Corpora
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

struct ChosenEntropyTests {
  private func chain(_ name: String) throws -> NamedMarkovSource {
    try #require(try KnownSourceTable.builtin.source(named: name) as? NamedMarkovSource)
  }

  @Test(arguments: [
    (0, 2, "0.01"), (0, 2, "1"), (0, 200, "7"), (0, 3, "1.584963"), (1, 2, "0.9"), (1, 16, "3.5"),
    (2, 4, "0.05"), (2, 4, "1"), (2, 4, "1.99"), (2, 4, "2"), (3, 3, "0.7"), (2, 6, "2.5"),
  ])
  func theRateIsTheChosenOne(order: Int, symbols: Int, entropy: String) throws {
    let wanted = try #require(Double(entropy))
    for seed in 1...2 {
      let source = try chain(
        "markov:order=\(order):symbols=\(symbols):entropy=\(entropy):seed=\(seed)")
      #expect(abs(source.entropyRate.middle - wanted) < 0.001)
      #expect(source.chain.weights.allSatisfy { $0 > 0 })
      // The same rate by way of the stationary distribution.
      #expect(abs(source.entropyRate.middle - source.chain.entropyRate) < 1e-9)
    }
  }

  @Test func seedsMakeDifferentSources() throws {
    let weights = try (1...4).map { try chain("markov:entropy=1:seed=\($0)").chain.weights }
    for (index, one) in weights.enumerated() {
      #expect(weights[..<index].allSatisfy { $0 != one })
    }
  }

  @Test func aCoinHasTheClosedForm() throws {
    let source = try KnownSourceTable.builtin.source(named: "bernoulli:p=0.1")
    #expect(source.entropyRate.isExact)
    #expect(abs(source.entropyRate.middle - 0.4689955935892812) < 1e-15)
    let cost = source.codeLength(of: Array("0010".utf8)).bits
    #expect(abs(cost - (3.3219280948873622 + 3 * 0.15200309344504997)) < 1e-12)
  }

  @Test func aPeriodicChainHasItsRate() {
    // From a to b, from b to a or c, from c to a: of five steps two are from b, where a coin is thrown.
    let chain = MarkovSource(
      alphabet: Array("abc".utf8), order: 1, weights: [0, 1, 0, 1, 0, 1, 1, 0, 0])
    let source = NamedMarkovSource(name: "x", chain: chain)
    #expect(source.entropyRate.isExact && abs(source.entropyRate.middle - 0.4) < 1e-10)
    let cycle = MarkovSource(alphabet: Array("ab".utf8), order: 1, weights: [0, 1, 1, 0])
    #expect(NamedMarkovSource(name: "x", chain: cycle).entropyRate == EntropyRate(exactly: 0))
  }

  @Test func aChainInTwoPartsHasBoundsOnly() {
    let parts = MarkovSource(
      alphabet: Array("abc".utf8), order: 1, weights: [1, 0, 0, 0, 1, 1, 0, 1, 1])
    let rate = NamedMarkovSource(name: "x", chain: parts).entropyRate
    #expect(rate == EntropyRate(from: 0, to: 1))
  }

  /// Every symbol in every context is drawn about as often as its weight says.
  @Test(arguments: [
    "markov", "markov:order=3:symbols=3:entropy=0.6", "iid:symbols=256:entropy=7", "bernoulli:0.03",
    "markov:order=1:symbols=5:entropy=2",
  ])
  func drawsHaveTheirFrequencies(name: String) throws {
    let chain = try chain(name).chain
    let symbols = chain.alphabet.count
    var counts = [Int](repeating: 0, count: chain.weights.count)
    var context = 0
    for byte in try self.chain(name).bytes(count: 40_000, seed: 31) {
      let symbol = try #require(chain.alphabet.firstIndex(of: byte))
      counts[context * symbols + symbol] += 1
      context = (context * symbols + symbol) % (counts.count / symbols)
    }
    for first in stride(from: 0, to: counts.count, by: symbols) {
      let visits = Double(counts[first..<first + symbols].reduce(0, +))
      let total = Double(chain.weights[first..<first + symbols].reduce(0) { $0 + UInt64($1) })
      for cell in first..<first + symbols {
        let p = Double(chain.weights[cell]) / total
        let deviation = abs(Double(counts[cell]) - visits * p)
        #expect(deviation < 5 * (visits * p * (1 - p)).squareRoot() + 3)
      }
    }
  }

  @Test func theDrawIsThatOfMarkovSource() throws {
    // Two bodies for one definition: the guide table must not change what comes out.
    let chain = MarkovSource(alphabet: Array("abcdefg".utf8), order: 2, seed: 12)
    let named = NamedMarkovSource(name: "x", chain: chain)
    let fast = named.bytes(count: 5000, seed: 1)
    #expect(chain.codeLength(of: fast).bits.isFinite)
    #expect(abs(chain.codeLength(of: fast).bits - named.codeLength(of: fast).bits) < 1e-6)
    #expect(fast.count == 5000)
  }

  @Test func logarithmsAgreeWithTheLibrary() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<10_000 {
      let x = Double(bitPattern: generator.next() & 0x7FEF_FFFF_FFFF_FFFF)
      let near = 0.5 + Double(generator.next() >> 11) * 0x1p-53
      for value in [x, near] where value > 0 {
        #expect(abs(PortableMath.log2(value) - log2(value)) <= 4e-16 * max(1, abs(log2(value))))
      }
    }
    for exponent in -1074...1023 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(PortableMath.log2(power) == Double(exponent))
    }
    #expect(PortableMath.log2(0) == -.infinity)
  }

  @Test func gammaIsTheFactorial() {
    // Γ(1/2) = √π; Γ(n + 1) = n!.
    #expect(abs(PortableMath.log2Gamma(0.5) - 0.8257480647361594) < 1e-14)
    var factorial = 0.0
    for n in 1...200 {
      factorial += log2(Double(n))
      #expect(abs(PortableMath.log2Gamma(Double(n) + 1) - factorial) < 1e-13 * max(factorial, 1))
    }
  }
}
