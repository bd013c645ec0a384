import BitsPerByte
import Testing
import _TestSupport

/// Context-tree weighting against its theorem, on every known source and its very bytes.
///
/// For any tree, and any parameters in its leaves, the code is longer than theirs by no more than one bit
/// for each inner node, one for each leaf above the full depth, 1/2 log2 n + 1 for a leaf of n visits,
/// and 2 for the arithmetic coder. Nodes that were never visited cost nothing. Source: F. M. J. Willems,
/// Y. M. Shtarkov, T. J. Tjalkens, "The context-tree weighting method: basic properties" (1995), theorem 2.
@Suite struct ContextTreeBoundTests {
  private static let depth = 4
  private static let byteCount = LongTests.areWanted ? 30_000 : 3000

  /// The order of the source where it is a tree of that depth.
  private static let sources: [(name: String, order: Int?)] = [
    ("uniform", 0), ("iid", 0), ("iid:symbols=30:entropy=3", 0), ("bernoulli", 0),
    ("bernoulli:0.001", 0), ("markov:order=1", 1), ("markov", 2), ("markov:order=3", 3),
    ("markov:order=3:symbols=3:entropy=0.2", 3), ("hmm", nil), ("grammar", nil),
  ]

  @Test(arguments: sources) func theExcessIsWithinTheBound(name: String, order: Int?) throws {
    let source = try KnownSourceTable.builtin.source(named: name)
    let text = source.bytes(count: Self.byteCount, seed: 3)
    let method = try MethodTable.builtin.method(
      named: "ctw:\(Self.depth):estimator=kt:memory=1GiB")
    let codec = try #require(method.codec as? ModelCodec)
    let ideal = try codec.score(text.span).bits
    // Roundings of logarithms and of what is coded; the coder's end, a whole byte, and 3 of framing.
    let slack = 0.5 + 1e-6 * ideal
    let coded = Double(8 * (try codec.encode(text.span).count))
    #expect(coded <= ideal + slack + 2 + 8 + 24)
    for k in 0...Self.depth {
      let tree = FullTree(of: text, order: k, depth: Self.depth)
      #expect(ideal <= tree.bits + tree.cost + slack, "tree of depth \(k)")
    }
    let truth = source.codeLength(of: text).bits
    if let order {
      let tree = FullTree(of: text, order: order, depth: Self.depth)
      #expect(ideal <= truth + tree.cost + slack, "\(ideal - truth) bits over the source")
    }
    // Nobody beats the source by k bits but with probability 2^-k (A. R. Barron, 1985).
    #expect(ideal >= truth - 64)
  }

  @Test(.enabled(if: LongTests.areWanted))
  func tenMillionBytesOfAnOrderThreeSource() throws {
    let source = try #require(
      try KnownSourceTable.builtin.source(named: "markov:order=3") as? NamedMarkovSource)
    let text = source.bytes(count: 10_000_000, seed: 1)
    let reference =
      source.entropyRate.upper * 1e7 + (try source.chain.redundancyReference(of: text))
    for name in ["ctw", "ctw:estimator=kt"] {
      let method = try MethodTable.builtin.method(named: name)
      let bits = Double(8 * (try method.codec.encode(text.span).count))
      #expect(bits <= 1.005 * reference, "\(name): \(bits / reference)")
    }
  }
}

/// The tree of all contexts of one length, for each decision of a byte, with the best parameters for a
/// text: what no source of that order gives a shorter code than.
private struct FullTree {
  /// The text's length under those parameters.
  private(set) var bits = 0.0
  /// What the theorem says they and the tree cost.
  private(set) var cost = 0.0

  init(of text: [UInt8], order: Int, depth: Int) {
    for length in 0...order {
      Self.count(text, length) { zeros, ones in
        if length < order {
          cost += 1
        } else {
          bits += Self.bits(zeros, ones)
          cost += (order < depth ? 1 : 0) + log2Reference(zeros + ones) / 2 + 1
        }
      }
    }
  }

  /// -log2 of the probability of so many zeros and ones where they have their own frequencies.
  private static func bits(_ zeros: Double, _ ones: Double) -> Double {
    guard zeros > 0 && ones > 0 else { return 0 }
    let all = log2Reference(zeros + ones)
    return zeros * (all - log2Reference(zeros)) + ones * (all - log2Reference(ones))
  }

  /// Zeros and ones of each decision in each context of `length` bytes that occurs.
  private static func count(
    _ text: [UInt8], _ length: Int, _ body: (_ zeros: Double, _ ones: Double) -> Void
  ) {
    var visits: [UInt64] = []
    var history: UInt64 = 0
    let mask = (UInt64(1) << UInt64(8 * length)) - 1
    for byte in text {
      for place in 0..<8 {
        let decision = 1 << UInt64(place) | UInt64(byte) >> UInt64(8 - place)
        let bit = UInt64(byte) >> UInt64(7 - place) & 1
        visits.append((history & mask) << 9 | decision << 1 | bit)
      }
      history = history << 8 | UInt64(byte)
    }
    visits.sort()
    var start = 0
    for end in visits.indices.dropFirst().map({ $0 }) + [visits.count]
    where end == visits.count || visits[end] >> 1 != visits[start] >> 1 {
      let ones = visits[start..<end].count { $0 & 1 == 1 }
      body(Double(end - start - ones), Double(ones))
      start = end
    }
  }
}
