import BPBCore
import ByteModels
import Testing
import _TestSupport

/// A chain over four bytes whose next one depends on the last two, known to everybody.
private struct KnownChain: DistributionModel, ~Copyable {
  var next = ByteDistribution()
  private var state = 0
  var memoryBytes: Int { 1024 }

  /// Weights of the four bytes in each of 16 states, some of them small.
  static let weights: [[UInt32]] = (0..<16).map(weights(in:))

  private static func weights(in state: Int) -> [UInt32] {
    (0..<4).map { symbol in
      let place = (state * 7 + symbol * 5 + state * symbol) % 11
      return UInt32(1 + 40 * place)
    }
  }

  mutating func predict() {
    var all = [UInt32](repeating: 0, count: 256)
    for symbol in 0..<4 { all[96 + symbol] = Self.weights[state][symbol] }
    next.fill(proportionalTo: all.span)
  }

  mutating func observe(_ byte: UInt8) { state = (state * 4 + Int(byte) % 4) % 16 }
}

/// What is written is drawn from what the model holds likely.
@Suite struct WritingTests {
  private static let text = Array(
    String(repeating: "The quick brown fox jumps over the lazy dog. Pack my box! ", count: 12).utf8)

  /// What was written, and how.
  private struct Account {
    var text: [UInt8] = []
    var (bits, entropy, variance) = (0.0, 0.0, 0.0)

    /// Adds what the next byte costs on average.
    mutating func foretell(_ next: borrowing ByteDistribution) {
      var (mean, square) = (0.0, 0.0)
      for byte in UInt8.min ... .max {
        let p = Double(next[byte]) / Double(ByteDistribution.total)
        let cost = -log2Reference(p)
        mean += p * cost
        square += p * cost * cost
      }
      entropy += mean
      variance += square - mean * mean
    }
  }

  /// Sees that draws cost their entropy, within five standard deviations; and that the text written costs a model that
  /// reads it just what its draws were said to.
  private func expect<M: ByteModel & ~Copyable>(
    _ account: Account, of name: String, _ make: ModelCodec.Maker<M>
  ) throws {
    let excess = account.bits - account.entropy
    #expect(account.variance > 10, "\(name) is too sure to be tried")
    #expect(abs(excess) < 5 * account.variance.squareRoot(), "\(name): \(excess) bits too many")
    var reader = try make(Self.text.count + account.text.count)
    var before = IdealLength()
    for byte in Self.text { _ = reader.code(byte, with: &before) }
    var after = IdealLength()
    for byte in account.text { _ = reader.code(byte, with: &after) }
    let read = after.bits
    #expect(abs(read - account.bits) < 1e-6 * (read + 1), "\(name): \(read), not \(account.bits)")
  }

  /// A model that learned `text` writes, and its decisions are held against their entropies.
  private func expectEntropy<M: ByteModel & ~Copyable>(
    _ name: String, _ count: Int, _ make: ModelCodec.Maker<M>
  ) throws {
    var model = try make(Self.text.count + count)
    var length = IdealLength()
    for byte in Self.text { _ = model.code(byte, with: &length) }
    var sampler = AccountingSampler(seed: 11)
    var account = Account()
    while account.text.count < count { account.text.append(model.code(0, with: &sampler)) }
    (account.bits, account.entropy) = (sampler.bits, sampler.entropy)
    account.variance = sampler.variance
    try expect(account, of: name, make)
  }

  /// The same for a model that can be asked before every byte.
  private func expectForetold<M: ForetellingModel & ~Copyable>(
    _ name: String, _ count: Int, _ make: ModelCodec.Maker<M>
  ) throws {
    var model = try make(Self.text.count + count)
    var length = IdealLength()
    for byte in Self.text { _ = model.code(byte, with: &length) }
    var sampler = AccountingSampler(seed: 11)
    var account = Account()
    var next = ByteDistribution()
    while account.text.count < count {
      model.fillDistribution(&next)
      account.foretell(next)
      account.text.append(model.code(0, with: &sampler))
    }
    account.bits = sampler.bits
    try expect(account, of: name, make)
  }

  @Test func drawsCostTheirEntropy() throws {
    try expectEntropy("chain", 3000) { _ in KnownChain() }
    try expectEntropy("Laplace", 400) { _ in LaplaceModel() }
    try expectEntropy("escapes", 400) { _ in EscapeModel() }
    try expectEntropy("ngram", 1500) { count throws(BPBError) in
      try NGramModel<3>(memory: 1 << 16, byteCount: count)
    }
    try expectEntropy("context trees", 600) { count throws(BPBError) in
      try ContextTreeModel<InheritingEstimator>(depth: 4, memory: 1 << 20, byteCount: count)
    }
    try expectEntropy("memoizer", 600) { count throws(BPBError) in
      try MixedMemoizer(memory: 1 << 20, byteCount: count)
    }
  }

  @Test func drawsCostWhatWasForetold() throws {
    try expectForetold("ngram", 400) { count throws(BPBError) in
      try NGramModel<3>(memory: 1 << 16, byteCount: count)
    }
    try expectForetold("plain PPM", 400) { _ throws(BPBError) in
      PPMModel(tree: try PPMTree(order: 4, memory: 1 << 20), decisions: PlainDecisions())
    }
    try expectForetold("mixed PPM", 400) { count throws(BPBError) in
      let tree = try PPMTree(order: 4, memory: 1 << 20)
      return PPMModel(tree: tree, decisions: try MixedDecisions(byteCount: count))
    }
  }

  /// At temperature 0 the likeliest byte comes, by whatever decisions it is coded.
  private func expectLikeliest<M: ForetellingModel & ~Copyable>(
    _ name: String, _ make: ModelCodec.Maker<M>
  ) throws {
    let letters = SplitMix64.bytes(count: 600, seed: 2).map { 97 + $0 % 6 }
    var model = try make(letters.count + 200)
    var length = IdealLength()
    for byte in letters { _ = model.code(byte, with: &length) }
    var sampler = Sampler(Sampling(temperature: 0))
    var next = ByteDistribution()
    var differences = 0
    for _ in 0..<200 {
      model.fillDistribution(&next)
      if model.write(by: &sampler) != next.likeliest { differences += 1 }
    }
    #expect(differences == 0, "\(name)")
  }

  @Test func noHeatWritesTheLikeliestByte() throws {
    try expectLikeliest("ngram") { count throws(BPBError) in
      try NGramModel<2>(memory: 1 << 16, byteCount: count)
    }
    try expectLikeliest("plain PPM") { _ throws(BPBError) in
      PPMModel(tree: try PPMTree(order: 4, memory: 1 << 20), decisions: PlainDecisions())
    }
    try expectLikeliest("mixed PPM") { count throws(BPBError) in
      let tree = try PPMTree(order: 4, memory: 1 << 20)
      return PPMModel(tree: tree, decisions: try MixedDecisions(byteCount: count))
    }
  }

  /// The mean of -log2 p is the chain's entropy, computed here from its table alone.
  @Test func aKnownChainIsWritten() throws {
    let writer = try #require(try ModelCodec { _ in KnownChain() }.makeWriter(byteCount: 0))
    let nothing: [UInt8] = []
    var text: [UInt8] = []
    try writer.write(15_000, after: nothing.span, drawing: Sampling(seed: 5)) { text.append($0) }
    var (state, cost, entropy, variance) = (0, 0.0, 0.0, 0.0)
    for byte in text {
      let weights = KnownChain.weights[state].map(Double.init)
      let total = weights.reduce(0, +)
      let costs = weights.map { -log2Reference($0 / total) }
      var mean = 0.0
      for (weight, cost) in zip(weights, costs) { mean += weight / total * cost }
      entropy += mean
      for (weight, cost) in zip(weights, costs) {
        variance += weight / total * (cost - mean) * (cost - mean)
      }
      cost += costs[Int(byte) % 4]
      state = (state * 4 + Int(byte) % 4) % 16
    }
    #expect(abs(cost - entropy) < 5 * variance.squareRoot())
    // The other 252 bytes have one part in 2^24 each: two of them come in nine such texts.
    #expect(text.count { !(96...99).contains($0) } < 9)
  }
}

/// Every family of models goes on where a text ends.
@Suite struct WriterTests {
  private static let methods = [
    "ngram:3:memory=64KiB", "ppm:mixed:memory=1MiB", "ppm:best:memory=1MiB", "ppm:h:memory=1MiB",
    "ctw:memory=1MiB", "mix:fast:memory=1MiB", "memoizer:memory=1MiB",
    "memoizer:memory=1MiB:mixing=none", "kn:4",
  ]
  /// A text in which every byte says which one comes next.
  private static let circle = Array("abcdefghijklmnopqrs ".utf8)

  /// A text in which nobody knows.
  private static let lots = SplitMix64.bytes(count: 400, seed: 1).map { Self.circle[Int($0) % 10] }

  private func written(
    _ name: String, _ count: Int, learning text: [UInt8], after prompt: String = "",
    temperature: Double = 1, seed: UInt64 = 1, pieces: Int = 997
  ) throws -> [UInt8] {
    let method = try MethodTable(families: ModelFamilies.families).method(named: name)
    let prompt = Array(prompt.utf8)
    let writer = try #require(
      try method.codec.makeWriter(byteCount: text.count + prompt.count + count))
    #expect(writer.learns)
    for start in stride(from: 0, to: text.count, by: pieces) {
      writer.learn(text[start..<min(start + pieces, text.count)].span)
    }
    var written: [UInt8] = []
    try writer.write(
      count, after: prompt.span, drawing: Sampling(temperature: temperature, seed: seed)
    ) { written.append($0) }
    #expect(written.count == count)
    return written
  }

  @Test(arguments: methods) func theLikeliestIsTheTextGoingOn(method: String) throws {
    let text = (0..<40).flatMap { _ in Self.circle }
    let next = (0..<100).map { Self.circle[$0 % 20] }
    #expect(try written(method, 60, learning: text, temperature: 0) == Array(next[..<60]))
    let again = try written(method, 60, learning: text, temperature: 0, seed: 2, pieces: 13)
    #expect(again == Array(next[..<60]))
    let prompted = try written(
      method, 60, learning: text, after: "abcdefgh", temperature: 0)
    #expect(prompted == Array(next[8..<68]))
  }

  @Test(arguments: methods) func aSeedIsAText(method: String) throws {
    for temperature in [1, 0.8, 1.7] {
      let first = try written(method, 60, learning: Self.lots, temperature: temperature)
      let again = try written(method, 60, learning: Self.lots, temperature: temperature, pieces: 41)
      let other = try written(method, 60, learning: Self.lots, temperature: temperature, seed: 2)
      #expect(again == first && other != first)
    }
  }

  @Test(arguments: methods) func heatIsEven(method: String) throws {
    let text = try written(method, 300, learning: Self.lots, temperature: 100)
    #expect(Set(text).count > 120)
  }

  @Test(arguments: methods) func whoReadsCanStopIt(method: String) throws {
    let method = try MethodTable(families: ModelFamilies.families).method(named: method)
    let writer = try #require(try method.codec.makeWriter(byteCount: 1_000_020))
    writer.learn(Self.circle.span)
    let nothing: [UInt8] = []
    var count = 0
    let error = #expect(throws: BPBError.self) {
      try writer.write(1_000_000, after: nothing.span, drawing: Sampling()) {
        piece throws(BPBError) in
        count += piece.count
        if count > 200 { throw BPBError(.cancelled, "enough") }
      }
    }
    #expect(error?.problem == "enough" && count < 1000)
  }
}
