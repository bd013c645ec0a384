import BPBCore
import Corpora
import Evidence
import ScalingLaws

/// The cases that concern no method: sources, splits, statistics and fits.
enum SharedCases {
  static var all: [SelfCheckCase] { [estimator, closedForm, leak, law] + claims }

  /// Krichevsky and Trofimov (1981): at most ½ log2 n + 1 bits beyond the true source.
  private static let estimator = SelfCheckCase("KT pays at most ½ log2 n + 1 bits on coin flips") {
    let source = try KnownSourceTable.builtin.source(named: "bernoulli:0.1")
    let bytes = source.bytes(count: 100_000, seed: SelfCheck.seed)
    let symbols = Array(Set(bytes)).sorted()
    let ones = bytes.count { $0 == symbols[1] }
    let p = Double(ones) / Double(bytes.count)
    let entropy = -p * Mathematics.log2(p) - (1 - p) * Mathematics.log2(1 - p)
    let best = Double(bytes.count) * entropy
    let adaptive = try krichevskyTrofimovCodeLength(of: bytes, order: 0, alphabet: symbols)
    let allowed = 0.5 * Mathematics.log2(Double(bytes.count)) + 1
    return symbols.count == 2 && adaptive.bits >= best && adaptive.bits - best <= allowed
  }

  private static let closedForm = SelfCheckCase("KT in sequence is KT in closed form") {
    let source = MarkovSource(alphabet: Array("abcd".utf8), order: 2, seed: SelfCheck.seed)
    var generator = SeededGenerator(seed: SelfCheck.seed)
    let bytes = source.bytes(count: 50_000, from: &generator)
    let sequence = try krichevskyTrofimovCodeLength(of: bytes, order: 2, alphabet: source.alphabet)
    let closed = try krichevskyTrofimovClosedForm(of: bytes, order: 2, alphabet: source.alphabet)
    return abs(sequence.bits - closed.bits) <= 1e-6 * closed.bits
  }

  /// Training on what is tested must show.
  private static let leak = SelfCheckCase(
    "a planted leak shows in the overlap, and nothing else does"
  ) {
    var generator = SeededGenerator(seed: SelfCheck.seed)
    let unlike = generator.bytes(count: 100_000)
    func share(_ bytes: [UInt8]) throws -> Double? {
      let corpus = Corpus(files: [CorpusFile(name: "planted", bytes: bytes)])
      let arrangement = try CorpusArrangement(of: corpus, seed: SelfCheck.seed)
      return arrangement.overlap()?.windowShare
    }
    guard let apart = try share(unlike), let twice = try share(unlike + unlike) else {
      return false
    }
    return apart == 0 && twice > 0.5
  }

  private static let law = SelfCheckCase("a law without noise gives its constants back") {
    let law = PowerLaw(irreducible: 1.8, coefficient: 12, exponent: 0.3)
    let points = (0..<13).map { step -> LossPoint in
      let bytes = 1024 * Mathematics.exp2(Double(step))
      return LossPoint(bytes: bytes, loss: law.loss(after: bytes))
    }
    var generator = SeededGenerator(seed: SelfCheck.seed)
    let found = try CurveFit(LossCurve(points), draws: 20, using: &generator).law
    return abs(found.irreducible - 1.8) < 1e-6 && abs(found.exponent - 0.3) < 1e-6
  }

  /// A planted wrong claim, a right one, and one that too little data cannot decide.
  private static let claims = [
    SelfCheckCase("a wrong claim is not supported") {
      outcome(of: -0.5, count: 64) == .notSupported
    },
    SelfCheckCase("a right claim is supported") { outcome(of: 0.5, count: 64) == .supported },
    SelfCheckCase("too little data is inconclusive") {
      outcome(of: 0.02, count: 8) == .inconclusive
    },
  ]

  /// The outcome of the claim that a mean lies above the margin, on draws about `mean`.
  private static func outcome(of mean: Double, count: Int) -> Verdict.Outcome? {
    var generator = SeededGenerator(seed: SelfCheck.seed)
    let blocks = (0..<count).map { _ in
      let noise = Double(generator.next(below: 1000)) / 1000 - 0.5
      return BlockCost(bits: mean + noise, bytes: 1)
    }
    let drawn = Bootstrap().distribution(
      of: [Replicate(blocks: blocks)], blocks: .own, using: &generator)
    return drawn.map { Claim("a planted mean", expects: .increase).outcome(of: $0.interval()) }
  }
}
