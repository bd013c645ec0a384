import BPBCore
import Testing
import _TestSupport

@testable import ByteModels

/// Chains of contexts, each smoothed by the one before it, and what a mix makes of them.
@Suite struct RestaurantChainTests {
  private func chain(levels: Int) throws -> RestaurantChain {
    try RestaurantChain(levels: levels, bytes: 1 << 16, arenaBytes: 1 << 16)
  }

  /// Shares of all bytes after `text`, each byte with the contexts that `contexts` gives for its place.
  private func shares(
    after text: [UInt8], levels: Int, top: RestaurantChain.Top? = nil,
    contexts: (Int) -> [UInt64]
  ) throws -> [Double] {
    var chain = try chain(levels: levels)
    for place in 0...text.count {
      for (level, context) in contexts(place).enumerated() {
        chain.hashes[level] = ContextHash.mix(context &+ UInt64(level + 1) &* 0x9E37_79B9_7F4A_7C15)
      }
      chain.look(known: levels, top: place == text.count ? top : nil, text: 0)
      chain.fillDistribution()
      if place < text.count { chain.observe(text[place]) }
    }
    var shares: [Double] = []
    chain.next.withFrequencies { frequencies in
      for byte in 0..<256 {
        shares.append(Double(frequencies[byte]) / Double(ByteDistribution.total))
      }
    }
    return shares
  }

  /// One customer at one table: what the discount leaves is the byte's, the discount is shared by all.
  @Test func oneCustomerByHand() throws {
    let shares = try shares(after: [65], levels: 1) { _ in [0] }
    #expect(abs(shares[65] - (0.38 + 0.62 / 256)) < 5e-5)
    #expect(abs(shares[66] - 0.62 / 256) < 5e-5)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  /// What is expected for other reasons is a customer of its own, with the discount of its level.
  @Test func whatIsExpectedStandsAbove() throws {
    let top = RestaurantChain.Top(byte: 66, trust: 3)
    let shares = try shares(after: [], levels: 1, top: top) { _ in [0] }
    #expect(abs(shares[66] - (0.31 + 0.69 / 256)) < 5e-5)
    #expect(abs(shares[65] - 0.69 / 256) < 5e-5)
  }

  /// A context that has been followed by many different bytes expects another new one; one that has always been followed by the
  /// same does not. Both were met as often.
  @Test func manyDishesForetellAnother() throws {
    var text: [UInt8] = []
    for round in 0..<40 as Range<UInt8> { text += [120, 128 + round, 121, 107] }
    func after(_ byte: UInt8) throws -> [Double] {
      let whole = text + [byte]
      return try shares(after: whole, levels: 2) { [0, $0 == 0 ? 0 : UInt64(whole[$0 - 1])] }
    }
    let (various, same) = (try after(120), try after(121))
    #expect(same[107] > 0.9)
    #expect(various[250] > 5 * same[250])
  }

  /// In a longer context that was never met the shorter one decides.
  @Test func theShorterContextSmooths() throws {
    let text: [UInt8] = [97, 98, 97, 98, 97, 98, 97]
    let known = try shares(after: text, levels: 2) { [$0 == 0 ? 0 : UInt64(text[$0 - 1]), 7] }
    let unknown = try shares(after: text, levels: 2) {
      [$0 == 0 ? 0 : UInt64(text[$0 - 1]), UInt64($0)]
    }
    let alone = try shares(after: text, levels: 1) { [$0 == 0 ? 0 : UInt64(text[$0 - 1])] }
    #expect(unknown == alone)
    #expect(known != alone && unknown[98] > 0.6)
  }

  /// A text of pairs of words: whoever smooths words by words needs less, and the decoder finds the same bytes.
  @Test func aMixWithAChainIsSmaller() throws {
    var generator = SeededGenerator(seed: 21)
    let words = (0..<60).map { _ in
      String((0..<5).map { _ in Character(UnicodeScalar(97 + UInt8(generator.next(below: 26)))) })
    }
    let text = Array(
      (0..<3000).map { _ in words[Int(generator.next(below: 60))] }.joined(separator: " ").utf8)
    var level = MixLevel.fast
    let without = try codec(level).encode(text.span).count
    level.chains = MixLevel.max.chains
    let coded = try codec(level).encode(text.span)
    #expect(coded.count < without)
    #expect(try codec(level).decode(coded.span, limit: text.count) == text)
  }

  private func codec(_ level: MixLevel) -> ModelCodec {
    ModelCodec { byteCount throws(BPBError) in
      try MixModel(
        level, memory: 1 << 22, byteCount: byteCount, kernels: MixingKernels.current)
    }
  }

  /// As many contexts of each script.
  @Test func chainsAreAsLongForEachScript() {
    for chain in MixLevel.all.flatMap(\.chains) {
      for script in MixScript.allCases {
        #expect(chain.contexts(script).count == chain.contexts.count)
      }
    }
  }

  private final class Counted {
    let count: UnsafeMutablePointer<Int>
    init(_ count: UnsafeMutablePointer<Int>) {
      self.count = count
      count.pointee += 1
    }
    deinit { count.pointee -= 1 }
  }

  /// What was made before something failed is given back.
  @Test func aRowThatFailsLeavesNothing() throws {
    let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    defer { count.deallocate() }
    count.initialize(to: 0)
    #expect(throws: BPBError.self) {
      _ = try OwnedRow<Counted>(count: 5) { index throws(BPBError) in
        if index == 3 { throw BPBError(.methodFailed, "no more", subject: "test") }
        return Counted(count)
      }
    }
    #expect(count.pointee == 0)
    do {
      let row = try OwnedRow<Counted>(count: 5) { _ throws(BPBError) in Counted(count) }
      #expect(count.pointee == 5 && row[4].count == count)
    }
    #expect(count.pointee == 0)
  }
}
