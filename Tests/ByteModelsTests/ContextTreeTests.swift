import BPBCore
import ByteModels
import Testing
import _TestSupport

/// Context-tree weighting against its definition.
@Suite struct ContextTreeTests {
  private static let texts: [(name: String, bytes: [UInt8])] = {
    var generator = SplitMix64(seed: 11)
    let coin = (0..<300).map { _ in UInt8.random(in: 0...1, using: &generator) }
    return HostileInputs.all.map { ($0.name, Array($0.bytes.prefix(200))) } + [
      ("coin", coin),
      ("text", Array("It was the best of times, it was the worst of times, it was the age".utf8)),
    ]
  }()

  private func bits(_ bytes: [UInt8], depth: Int, memory: Int = 1 << 28) throws -> Double {
    let codec = ModelCodec { byteCount throws(BPBError) in
      try ContextTreeModel<KrichevskyTrofimovEstimator>(
        depth: depth, memory: memory, byteCount: 1 << 20)
    }
    return try codec.score(bytes.span).bits
  }

  /// Logarithms are off by 2^-19, what is coded by 2^-24 of the whole.
  @Test(arguments: [1, 2, 4]) func lengthsAreThoseOfTheDefinition(depth: Int) throws {
    for text in Self.texts {
      let reference = ReferenceContextTree(text.bytes, depth: depth).bits
      let model = try bits(text.bytes, depth: depth)
      #expect(abs(model - reference) < 0.01 + 0.00001 * reference, "\(text.name)")
    }
  }

  @Test func aGreatDepthIsNoOtherMethod() throws {
    let text = Array(Self.texts.first { $0.name == "every byte" }!.bytes.prefix(100)) + [7, 7, 7]
    let reference = ReferenceContextTree(text, depth: 24).bits
    #expect(abs(try bits(text, depth: 24) - reference) < 0.01)
  }

  /// One decision by hand: 0, 0 at depth 1, after zeros. Each of the 8 decisions is P_e = 1/2 · 3/4 in
  /// the root as in its only child, so P_w = 3/8.
  @Test func twoZerosByHand() throws {
    #expect(abs(try bits([0, 0], depth: 1) + 8 * log2Reference(0.375)) < 0.00001)
  }

  /// Forty thousand decisions of a few kinds: counts, odds and what is coded reach their ends.
  @Test func certaintyCostsItsLogarithm() throws {
    let count = 5000
    let input = [UInt8](repeating: 0, count: count)
    // KT costs 1/2 log2 n + 1/2 log2 π of each decision.
    let own = 8 * (log2Reference(Double(count)) + log2Reference(3.14159265358979)) / 2
    let excess = try bits(input, depth: 4) - own
    #expect(excess > -0.1 && excess < 0.1)
  }
}

/// The tables that context trees reckon with.
@Suite struct LogDomainTests {
  @Test func logarithmsAreWithinTheirError() {
    let domain = LogDomain.shared
    var generator = SplitMix64(seed: 3)
    var probabilities = (0...31).flatMap { [1 << $0, max(1, 1 << $0 - 1)] }.map { Int64($0) }
    for shift in 0..<2000 { probabilities.append(Int64(generator.next() >> (33 + shift % 30)) | 1) }
    for probability in probabilities {
      let exact = log2Reference(Double(probability)) - 31
      let error = Double(domain.log2(probability)) / 0x1p20 - exact
      #expect(abs(error) < 0x1p-19, "\(probability)")
    }
  }

  @Test func weightsAreWithinTheirError() {
    let domain = LogDomain.shared
    for step in stride(from: Int32(-40) << 20, through: 40 << 20, by: 77_777) {
      let odds = exp2(Double(step) / 0x1p20)
      let exact = odds / (1 + odds)
      let error = Double(domain.weight(ofLogOdds: step)) / 0x1p31 - exact
      #expect(abs(error) < 0x1p-18 * min(exact, 1 - exact) + 0x1p-30, "\(step)")
    }
  }
}
