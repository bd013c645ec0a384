import BPBCore
import ByteModels
import Testing
import _TestSupport

/// Models by prediction by partial matching, in small.
private enum PPM {
  typealias Plain = PPMModel<PlainDecisions>
  typealias Mixed = PPMModel<MixedDecisions>
  typealias Strong = PPMModel<StrongDecisions>

  static func plain(order: Int, memory: Int) throws(BPBError) -> Plain {
    let tree = try PPMTree(order: order, memory: memory)
    return PPMModel(tree: tree, decisions: PlainDecisions())
  }

  static func mixed(order: Int, memory: Int, byteCount: Int) throws(BPBError) -> Mixed {
    let tree = try PPMTree(order: order, memory: memory)
    let decisions = try MixedDecisions(byteCount: byteCount)
    return PPMModel(tree: tree, decisions: decisions)
  }

  static func strong(order: Int, memory: Int, byteCount: Int) throws(BPBError) -> Strong {
    let tree = try PPMTree(order: order, memory: memory)
    let decisions = try StrongDecisions(byteCount: byteCount)
    return PPMModel(tree: tree, decisions: decisions)
  }

  /// English of a few words, in an order that no one foresees.
  static func text(_ count: Int) -> [UInt8] {
    let words = ["the ", "cat ", "sat ", "on ", "mat", ", ", "and ", "dogs ", "ran.\n", "Then "]
    var generator = SplitMix64(seed: 9)
    var text: [UInt8] = []
    while text.count < count { text += words.randomElement(using: &generator)!.utf8 }
    return Array(text.prefix(count))
  }
}

@Suite struct PPMConformanceTests {
  private func failures<M: ByteModel & ~Copyable>(
    _ longest: Int, of make: @escaping ModelCodec.Maker<M>
  ) -> [String] {
    let checker = ModelChecker(make)
    return HostileInputs.all.flatMap { input in
      checker.failures(
        on: Array(input.bytes.prefix(longest)), named: input.name,
        stops: input.name == "text" ? [0, 1, 2, 40] : input.name == "every byte" ? [300] : [])
    }
  }

  @Test(arguments: [2, 6, 32]) func variantHPasses(order: Int) {
    let found = failures(.max) { _ throws(BPBError) in
      try PPM.plain(order: order, memory: 1 << 22)
    }
    #expect(found == [])
  }

  @Test(arguments: [2, 6, 32]) func mixedPasses(order: Int) {
    let found = failures(6000) { byteCount throws(BPBError) in
      try PPM.mixed(order: order, memory: 1 << 22, byteCount: byteCount)
    }
    #expect(found == [])
  }

  @Test func strongPasses() {
    let found = failures(3000) { byteCount throws(BPBError) in
      try PPM.strong(order: 10, memory: 1 << 22, byteCount: byteCount)
    }
    #expect(found == [])
  }

  @Test func allPassWhenMemoryRunsOutAgainAndAgain() {
    let plain = failures(.max) { _ throws(BPBError) in try PPM.plain(order: 6, memory: 9000) }
    #expect(plain == [])
    let mixed = failures(6000) { byteCount throws(BPBError) in
      try PPM.mixed(order: 6, memory: 9000, byteCount: byteCount)
    }
    #expect(mixed == [])
  }
}

@Suite struct PPMTests {
  /// What each byte would have cost agrees with the distribution that is given on request.
  private func disagreements<D: CandidateDecisions & ~Copyable>(
    _ make: () throws(BPBError) -> PPMModel<D>, at stops: [Int]
  ) throws -> [String] {
    let text = PPM.text(3000)
    var found: [String] = []
    for stop in stops {
      var asked = try make()
      var next = ByteDistribution()
      var coder = IdealLength()
      for byte in text[..<stop] { _ = asked.code(byte, with: &coder) }
      asked.fillDistribution(&next)
      for byte in UInt8.min ... .max {
        var model = try make()
        var length = IdealLength()
        for byte in text[..<stop] { _ = model.code(byte, with: &length) }
        let before = length.bits
        _ = model.code(byte, with: &length)
        let share = Double(next[byte]) / Double(ByteDistribution.total)
        let coded = exp2(before - length.bits)
        if abs(share - coded) > 2e-5 + 1e-4 * coded { found.append("\(stop) \(byte)") }
      }
      // Whoever asks changes nothing.
      _ = asked.code(text[stop], with: &coder)
      var silent = try make()
      var length = IdealLength()
      for byte in text[...stop] { _ = silent.code(byte, with: &length) }
      if coder.bits != length.bits { found.append("asking at \(stop) changes what follows") }
    }
    return found
  }

  @Test func theDistributionIsWhatCodesBytes() throws {
    let stops = [0, 1, 3, 200, 777]
    let mixed = try disagreements(
      { () throws(BPBError) in try PPM.mixed(order: 4, memory: 1 << 20, byteCount: 3000) },
      at: stops)
    #expect(mixed == [])
    let plain = try disagreements(
      { () throws(BPBError) in try PPM.plain(order: 4, memory: 1 << 20) }, at: stops)
    #expect(plain == [])
    let strong = try disagreements(
      { () throws(BPBError) in try PPM.strong(order: 4, memory: 1 << 20, byteCount: 3000) },
      at: [5, 300])
    #expect(strong == [])
  }

  private func bits<M: ByteModel & ~Copyable>(
    _ text: [UInt8], _ make: () throws(BPBError) -> M
  ) throws -> Double {
    var model = try make()
    var length = IdealLength()
    for byte in text { _ = model.code(byte, with: &length) }
    return length.bits
  }

  @Test func everyVoiceMoreIsWorthItsBits() throws {
    let text = Array(try PackageFiles.bytes("samples/prose-en.txt").prefix(30_000))
    let plain = try bits(text) { () throws(BPBError) in
      try PPM.plain(order: 6, memory: 1 << 22)
    }
    let mixed = try bits(text) { () throws(BPBError) in
      try PPM.mixed(order: 6, memory: 1 << 22, byteCount: text.count)
    }
    let strong = try bits(text) { () throws(BPBError) in
      try PPM.strong(order: 6, memory: 1 << 22, byteCount: text.count)
    }
    #expect(mixed < 0.99 * plain)
    #expect(strong < mixed)
  }

  @Test func memoryStaysWithinItsBound() throws {
    var model = try PPM.plain(order: 16, memory: 1 << 18)
    var length = IdealLength()
    for byte in SplitMix64.bytes(count: 200_000, seed: 7) { _ = model.code(byte, with: &length) }
    #expect(model.memoryBytes <= 1 << 18)
    #expect(model.memoryBytes > 1 << 17)
  }

  @Test func aLongRunCostsNextToNothing() throws {
    let zeros = [UInt8](repeating: 0, count: 100_000)
    let mixed = try bits(zeros) { () throws(BPBError) in
      try PPM.mixed(order: 6, memory: 1 << 20, byteCount: zeros.count)
    }
    #expect(mixed < 400)
  }

  @Test(.enabled(if: LongTests.areWanted)) func fourGibibytesOfZerosStaySmall() throws {
    var model = try PPM.mixed(order: 6, memory: 1 << 20, byteCount: 1 << 32)
    var length = IdealLength()
    for _ in 0..<4 << 30 { _ = model.code(0, with: &length) }
    #expect(model.memoryBytes <= 64 << 20)
    #expect(length.bits < 200_000)
  }
}

/// Variant H against the program that it is a variant of, as `Tests/Reference/ppmd_sizes.py` measured it.
@Suite struct PPMReferenceTests {
  @Test func sizesAreThoseOfTheReference() throws {
    let methods = MethodTable(families: ModelFamilies.families)
    let table = try PackageFiles.bytes("Tests/Reference/ppmd_sizes.tsv")
    let lines = String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(lines.count == 12)
    for line in lines {
      let fields = line.split(separator: "\t").map(String.init)
      let expected = try #require(Int(fields[3]))
      let text = try PackageFiles.bytes("samples/\(fields[0])")
      let method = try methods.method(named: "ppm:h:order=\(fields[1])")
      let coded = try method.codec.encode(text.span)
      #expect(abs(coded.count - expected) <= 12, "\(fields[0]), order \(fields[1])")
    }
  }
}
