import BPBCore
import Corpora
import Testing

struct KrichevskyTrofimovTests {
  private func length(_ text: String, order: Int, _ alphabet: String) throws -> Double {
    try krichevskyTrofimovCodeLength(
      of: Array(text.utf8), order: order, alphabet: Array(alphabet.utf8)
    ).bits
  }

  @Test func shortTextsByHand() throws {
    #expect(try length("", order: 0, "01") == 0)
    #expect(try length("0", order: 0, "01") == 1)
    // 1/2 · 1/4; 1/2 · 3/4 · 1/6.
    #expect(abs(try length("01", order: 0, "01") - 3) < 1e-12)
    #expect(abs(try length("001", order: 0, "01") - 4) < 1e-12)
    // Context 0 sees 0, 1; context 1 sees 1: 1/2 · 1/4 · 1/2.
    #expect(abs(try length("011", order: 1, "01") - 4) < 1e-12)
    // Of three symbols: 1/3 · (3/2)/(5/2).
    #expect(abs(try length("aa", order: 0, "abc") - 2.321928094887362) < 1e-12)
    #expect(try length("0120", order: 0, "01") == .infinity)
  }

  @Test(arguments: [
    ("bernoulli:0.1", 0), ("bernoulli:0.1", 3), ("markov", 0), ("markov", 2), ("markov", 4),
    ("iid:symbols=30:entropy=3", 1), ("hmm", 5),
  ])
  func bothFormsAgree(name: String, order: Int) throws {
    let text = try KnownSourceTable.builtin.source(named: name).bytes(count: 20_000, seed: 2)
    let alphabet = Set(text).sorted()
    let steps = try krichevskyTrofimovCodeLength(of: text, order: order, alphabet: alphabet)
    let closed = try krichevskyTrofimovClosedForm(of: text, order: order, alphabet: alphabet)
    #expect(abs(steps.bits - closed.bits) < 1e-9 * closed.bits)
    #expect(steps.kind == .prequential && closed.kind == .prequential && steps.byteCount == 20_000)
    let stranger = text + [0]
    #expect(
      try krichevskyTrofimovClosedForm(of: stranger, order: order, alphabet: alphabet).bits
        == .infinity)
  }

  /// The estimator's own guarantee: no more than ½ log2 n + 1 bits over the best coin for this very text.
  @Test(arguments: [10, 1000, 100_000]) func aCoinIsLearnedAtItsPrice(count: Int) throws {
    let text = try KnownSourceTable.builtin.source(named: "bernoulli:0.1").bytes(
      count: count, seed: 8)
    let ones = Double(text.count { $0 == UInt8(ascii: "1") })
    let zeros = Double(count) - ones
    func part(_ n: Double) -> Double { n > 0 ? -n * PortableMath.log2(n / Double(count)) : 0 }
    let excess =
      try krichevskyTrofimovCodeLength(of: text, order: 0, alphabet: Array("01".utf8)).bits
      - part(ones) - part(zeros)
    #expect(excess > 0 && excess <= PortableMath.log2(Double(count)) / 2 + 1)
  }

  @Test func theReferenceIsTheSumOverContexts() throws {
    let source = MarkovSource(
      alphabet: Array("abc".utf8), order: 1, weights: [UInt32](repeating: 1, count: 9))
    // Context a is visited 4 times (the first time before the text), b twice, c once.
    let text = Array("abacaba".utf8)
    #expect(abs(try source.redundancyReference(of: text) - (2 + 1)) < 1e-12)
    #expect(try source.redundancyReference(of: []) == 0)
    #expect(try source.redundancyReference(of: Array("x".utf8)) == .infinity)
  }

  /// What the estimator pays over the true source is what the reference says, to within a few bits for
  /// each context.
  @Test func theReferenceIsAboutRight() throws {
    let source = try #require(
      try KnownSourceTable.builtin.source(named: "markov:order=2:symbols=4:entropy=1.8")
        as? NamedMarkovSource)
    let text = source.bytes(count: 100_000, seed: 1)
    let adaptive = try krichevskyTrofimovCodeLength(
      of: text, order: 2, alphabet: source.chain.alphabet)
    let excess = adaptive.bits - source.codeLength(of: text).bits
    let reference = try source.chain.redundancyReference(of: text)
    #expect(abs(excess - reference) < 16 * 4 && reference > 200)
  }

  @Test func tooManyContextsAreRefused() {
    let error = #expect(throws: BPBError.self) {
      try krichevskyTrofimovCodeLength(of: [], order: 40, alphabet: Array(0...255))
    }
    #expect(error?.code == .usage)
  }
}
