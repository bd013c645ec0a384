import BitsPerByte
import SystemPackage
import Testing
import _TestSupport

/// What each byte costs, held against what really is sent.
@Suite struct ByteLengthsTests {
  /// Every method that predicts bytes, small enough to be quick where nothing is optimised.
  private static let predictors = [
    "store", "ngram:0", "ngram:3", "ngram:6", "ppm", "ppm:h", "ppm:best", "ctw", "mix:fast",
    "mix", "memoizer",
    "kn:1", "kn:4", "kn:3:prune=1", "gru:8:embedding=4:contexts=2:memory=1MiB",
    "lstm:8:embedding=4:contexts=0:memory=1MiB",
    "transformer:1:width=8:heads=1:contexts=2:memory=1MiB",
    "mlp:3:width=8:contexts=2:memory=1MiB",
    "neural:[transformer:layers=1:width=8:heads=1:context=16]:steps=2",
  ]

  /// A family that is missing above would go untested.
  @Test func everyFamilyIsHere() throws {
    let named = Set(try Self.predictors.map { try MethodSpec(parsing: $0).name })
    for family in MethodTable.builtin.families where family.name != "model" {
      let method = try MethodTable.builtin.method(named: family.name)
      let isPredictor = method.codec is any ByteScoring
      #expect(isPredictor == named.contains(family.name), "\(family.name)")
      #expect(isPredictor == (family.kind == .model || family.name == "store"), "\(family.name)")
    }
  }

  private func lengths(_ method: Method, _ block: [UInt8]) throws -> ByteLengths {
    let codec = try #require(method.codec as? any ByteScoring)
    return try codec.byteLengths(of: block.span) {}
  }

  /// Bits of the coded block that are neither framing nor model.
  private func codedBits(_ method: Method, _ block: [UInt8]) throws -> (bits: Int, model: Int) {
    let encoder = try method.codec.makeEncoder(byteCount: block.count)
    var count = 0
    try encoder.push(block.span) { count += $0.count }
    try encoder.finish { count += $0.count }
    return (8 * (count - encoder.framingBytes - encoder.modelBytes), encoder.modelBytes)
  }

  @Test(arguments: predictors) func theyAddUpToWhatIsSent(name: String) throws {
    let method = try MethodTable.builtin.method(named: name)
    for input in HostileInputs.all {
      let block = Array(input.bytes.prefix(1500))
      let lengths = try lengths(method, block)
      let coded = try codedBits(method, block)
      #expect(lengths.bits.count == block.count && lengths.modelBytes == coded.model)
      #expect(lengths.bits.allSatisfy { $0 >= 0 && $0.isFinite }, "\(input.name)")
      // A coder's end takes a few bytes more, or, where it ends in zeros that a decoder adds, fewer.
      let excess = Double(coded.bits) - lengths.bits.reduce(0, +)
      let most = 64 + 0.001 * Double(block.count)
      #expect(abs(excess) <= most, "\(name) on \(input.name): \(excess) bits")
    }
  }

  /// Not the sum alone: each byte's bits are what the coded block grows by there.
  @Test(arguments: ["ngram:3", "ppm", "ppm:best", "ctw", "mix:fast", "memoizer"])
  func eachIsWhatTheBlockGrowsBy(name: String) throws {
    let method = try MethodTable.builtin.method(named: name)
    let block = Array(HostileInputs.all.first { $0.name == "de Bruijn" }!.bytes.prefix(600))
    let lengths = try lengths(method, block)
    let encoder = try method.codec.makeEncoder(byteCount: block.count)
    var sum = 0.0
    for (index, byte) in block.enumerated() {
      try encoder.push([byte].span) { _ in }
      sum += lengths.bits[index]
      let framing = LEB128.encode(index + 1).count
      let bits = 8 * Double(try #require(encoder.byteCountIfFinished) - framing)
      #expect(abs(bits - sum) <= 24, "after \(index + 1) bytes")
    }
  }

  @Test func aTrainedModelTellsThemToo() throws {
    let text = Array(HostileInputs.all.first { $0.name == "text" }!.bytes.prefix(2000))
    let learning = try #require(MethodTable.builtin.method(named: "kn:4").learning)
    let learner = try learning.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    let snapshot = try learner.snapshot()
    let models = FrozenModelPool { () throws(BPBError) in try learning.restore(snapshot.span) }
    let lengths = try FrozenCodec(models).byteLengths(of: text.span) {}
    let whole = try models.newModel().score(text.span, blockSize: text.count)
    #expect(abs(lengths.bits.reduce(0, +) - whole[0]) < 1e-6)
    #expect(lengths.modelBytes == 0)
  }

  /// Uniform bytes cost eight bits each: exactly as they are, and on average for one who has to find that out.
  @Test func uniformBytesCostEightBits() throws {
    let block = SplitMix64.bytes(count: 4000, seed: 7)
    let stored = try lengths(MethodTable.builtin.method(named: "store"), block)
    #expect(stored.bits == Array(repeating: 8, count: block.count))
    let learned = try lengths(MethodTable.builtin.method(named: "ngram:0"), block)
    let mean = learned.bits.reduce(0, +) / Double(block.count)
    #expect(abs(mean - 8) < 0.3, "\(mean)")
  }

  @Test func itStopsWhenItIsTold() throws {
    let codec = try #require(
      MethodTable.builtin.method(named: "ngram:0").codec as? any ByteScoring)
    let block = Array(repeating: UInt8(0), count: 10)
    #expect(throws: BPBError(.cancelled, "enough")) {
      _ = try codec.byteLengths(of: block.span) { () throws(BPBError) in
        throw BPBError(.cancelled, "enough")
      }
    }
  }
}
