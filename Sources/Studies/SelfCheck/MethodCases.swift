import BPBCore
import Corpora

/// The cases of one method, on as many bytes as its speed allows.
struct MethodCases {
  let method: Method
  private let uniform: [UInt8]
  private let chain: [UInt8]
  /// -log2 p of `chain` under the source that it was drawn from.
  private let chainBits: Double
  /// Of them those of the last quarter.
  private let unseenBits: Double

  init(method: Method, check: SelfCheck) {
    self.method = method
    let wanted = Int(min(method.expectedSpeed * check.secondsEach / 8, 1e9))
    let count = max(min(wanted, check.mostBytes), 1 << 14)
    var generator = SeededGenerator(seed: SelfCheck.seed)
    uniform = generator.bytes(count: count)
    let source = MarkovSource(alphabet: Array("aeinorst".utf8), order: 2, seed: SelfCheck.seed)
    chain = source.bytes(count: count, from: &generator)
    chainBits = source.codeLength(of: chain).bits
    unseenBits = chainBits - source.codeLength(of: Array(chain.prefix(count / 4 * 3))).bits
  }

  var all: [SelfCheckCase] {
    let cases = [uniformCase, chainCase, emptyCase]
    return method.learning.map { cases + learningCases($0) } ?? cases
  }

  private var uniformCase: SelfCheckCase {
    SelfCheckCase("\(method.name): uniform bytes take 8 bits each and come back") {
      try roundTrip(uniform) >= 8 * Double(uniform.count) - SelfCheck.luck
    }
  }

  private var chainCase: SelfCheckCase {
    SelfCheckCase("\(method.name): no shorter than the true source, and every byte comes back") {
      try roundTrip(chain) >= chainBits - SelfCheck.luck
    }
  }

  private var emptyCase: SelfCheckCase {
    SelfCheckCase("\(method.name): nothing comes back as nothing") { try roundTrip([]) >= 0 }
  }

  /// Bits of the coded block; throws unless it decodes to `bytes`, and unless what an adaptive encoder says
  /// of its size is so.
  private func roundTrip(_ bytes: [UInt8]) throws -> Double {
    let coded = try method.codec.encode(bytes.span)
    let decoded = try method.codec.decode(coded.span, limit: bytes.count)
    guard decoded == bytes else {
      throw BPBError(.methodFailed, "did not verify", subject: method.name)
    }
    if method.codec.givesPrefixSizes {
      let encoder = try method.codec.makeEncoder(byteCount: bytes.count)
      try encoder.push(bytes.span) { _ in }
      guard encoder.byteCountIfFinished == coded.count else {
        throw BPBError(.methodFailed, "tells a wrong size", subject: method.name)
      }
    }
    return 8 * Double(coded.count)
  }
}

extension MethodCases {
  /// What must hold of a model that is frozen.
  func learningCases(_ learning: any LearningMethod) -> [SelfCheckCase] {
    [
      SelfCheckCase("\(method.name): model and residual give every byte back") {
        let (snapshot, model) = try frozen(learning)
        let residual = model.encode(chain.span)
        let decoded = try learning.restore(snapshot.span)
          .decode(residual.span, byteCount: chain.count)
        let ideal = model.score(chain.span, blockSize: chain.count).reduce(0, +)
        let excess = 8 * Double(residual.count) - ideal
        return decoded == chain && abs(excess) <= 64 + 0.00002 * Double(chain.count)
      },
      SelfCheckCase("\(method.name): frozen, its probabilities of the next byte sum to one") {
        try sums(under: try frozen(learning).model)
      },
      SelfCheckCase("\(method.name): frozen, no shorter than the true source on unseen text") {
        let model = try frozen(learning).model
        let unseen = Array(chain[learned...])
        let bits = model.score(unseen.span, blockSize: unseen.count).reduce(0, +)
        return bits.isFinite && bits >= unseenBits - SelfCheck.luck
      },
    ]
  }

  /// A model that has learned from the first three quarters of the chain.
  private func frozen(
    _ learning: any LearningMethod
  ) throws -> (snapshot: [UInt8], model: any FrozenModel) {
    let learner = try learning.makeLearner(byteCount: chain.count)
    learner.learn(chain.span.extracting(first: learned))
    let snapshot = try learner.snapshot()
    return (snapshot, try learning.restore(snapshot.span))
  }

  /// Whether after a few contexts the 256 probabilities are positive and sum to one: never to more, or they
  /// were no code's (Kraft 1949), and to less by a thousandth at most, which a model may keep for what
  /// never comes and pays for itself.
  private func sums(under model: any FrozenModel) throws -> Bool {
    [0, 1, 2, 7, 100].allSatisfy { length in
      let context = Array(chain.prefix(length))
      let probabilities = (0...255).map { byte -> Double in
        let text = context + [UInt8(byte)]
        let bits = model.score(text.span, blockSize: 1)
        return Mathematics.exp2(-(bits.last ?? .infinity))
      }
      let sum = probabilities.reduce(0, +)
      return sum < 1 + 1e-9 && sum > 0.999 && probabilities.allSatisfy { $0 > 0 }
    }
  }

  /// Bytes of the chain that a model learns from before it is frozen.
  private var learned: Int { chain.count / 4 * 3 }
}
