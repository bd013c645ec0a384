import BPBCore
import ByteModels
import Testing
import _TestSupport

/// The coders against theory: what is coded costs what its probability says.
@Suite struct CodingTests {
  @Test func uniformBytesCostEightBits() throws {
    let input = SplitMix64.bytes(count: 4096, seed: 5)
    let codec = ModelCodec { _ in UniformModel() }
    #expect(try codec.score(input.span).bitsPerByte == 8)
    // Two bytes of framing; the coder's own end costs nothing here or a byte at most.
    let coded = try codec.encode(input.span)
    #expect((4098...4099).contains(coded.count))
  }

  @Test func laplaceMatchesItsClosedForm() throws {
    // n equal bytes under Laplace's rule: product of (i + 1)/(i + 256) = 1/C(n + 255, 255).
    let input = [UInt8](repeating: 9, count: 200)
    let bits = try ModelCodec { _ in LaplaceModel() }.score(input.span).bits
    var closed = 0.0
    for i in 0..<200 { closed += log2Reference(Double(i + 256) / Double(i + 1)) }
    #expect(abs(bits - closed) < 0.02)
  }

  @Test func orderZeroIsTheKTEstimatorWhileItCounts() throws {
    // All eight decisions of a constant byte are certain: KT costs Σ log2 (i + 1)/(i + 1/2) for each.
    let count = 200
    let input = [UInt8](repeating: 0, count: count)
    let codec = ModelCodec { byteCount throws(BPBError) in
      try NGramModel<0>(memory: 1 << 16, byteCount: byteCount)
    }
    var closed = 0.0
    for i in 0..<count { closed += 8 * log2Reference(Double(i + 1) / (Double(i) + 0.5)) }
    #expect(abs(try codec.score(input.span).bits - closed) < 0.05)
  }

  @Test func aCertainByteIsNearlyFree() throws {
    var distribution = ByteDistribution()
    distribution.fill { frequencies in
      frequencies.update(repeating: 1)
      frequencies[65] = ByteDistribution.total - 255
    }
    var coder = IdealLength()
    _ = coder.code(byte: 65, under: distribution)
    #expect(coder.bits < 0.0005)
  }

  @Test func aModelThatIsSureCostsNearlyNothing() throws {
    let input = [UInt8](repeating: 65, count: 400_000)
    let codec = ModelCodec { byteCount throws(BPBError) in
      try NGramModel<5>(memory: 1 << 20, byteCount: byteCount)
    }
    let all = try codec.score(input.span).bits
    let half = try codec.score(input.span.extracting(first: 200_000)).bits
    #expect((all - half) / 200_000 < 0.0005)
    #expect(try codec.encode(input.span).count < 100)
  }

  @Test func carriesRunThroughManyBytes() throws {
    // Probabilities next to one half and extreme ones in turn push the low end up against 2^64.
    var generator = SplitMix64(seed: 11)
    for _ in 0..<50 {
      let decisions = (0..<3000).map { _ in
        (
          bit: UInt32.random(in: 0...1, using: &generator),
          probability: [1, 2, 32767, 32768, 65534, 65535].randomElement(using: &generator)!
        )
      }
      let probabilities = decisions.map(\.probability)
      let bytes = stride(from: 0, to: 3000, by: 8).map { start in
        decisions[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | UInt8($1.bit) }
      }
      let codec = ModelCodec { _ in ScriptedModel(probabilities) }
      let coded = try codec.encode(bytes.span)
      let decoded = try codec.decode(coded.span, limit: bytes.count)
      #expect(decoded == bytes)
    }
  }

  @Test(arguments: [1, 7, 100, 4096])
  func outputDoesNotDependOnHowInputArrives(piece: Int) throws {
    let codec = ModelCodec { byteCount throws(BPBError) in
      try NGramModel<2>(memory: 1 << 18, byteCount: byteCount)
    }
    let input = HostileInputs.all.first { $0.name == "text" }!.bytes
    let whole = try codec.encode(input.span)
    let pieces = try inPieces(codec.makeEncoder(byteCount: input.count), input, piece)
    #expect(pieces == whole)
    let decoded = try inPieces(codec.makeDecoder(), whole, piece)
    #expect(decoded == input)
  }

  /// A sink is where a run is stopped, so that a slow model's is called often, however much comes at once.
  @Test func whatIsSlowCanBeStopped() throws {
    let codec = ModelCodec { byteCount throws(BPBError) in
      try NGramModel<2>(memory: 1 << 18, byteCount: byteCount)
    }
    let input = [UInt8](repeating: 7, count: 100_000)
    let coded = try codec.encode(input.span)
    let encoder = try codec.makeEncoder(byteCount: input.count)
    for (coder, bytes) in [(encoder, input), (codec.makeDecoder(), coded)] {
      var calls = 0
      try coder.push(bytes.span) { _ throws(BPBError) in calls += 1 }
      try coder.finish { _ throws(BPBError) in calls += 1 }
      #expect(calls > 10)
    }
  }

  @Test func truncationsAndTrailingBytesAreNoticed() throws {
    let codec = ModelCodec { byteCount throws(BPBError) in
      try NGramModel<2>(memory: 1 << 18, byteCount: byteCount)
    }
    let input = Array(HostileInputs.all.first { $0.name == "random" }!.bytes.prefix(700))
    let coded = try codec.encode(input.span)
    for length in 0..<coded.count - 8 {
      let cut = Array(coded.prefix(length))
      // What decodes at all is the very encoding of something else: 700 times 0xFF takes no bytes here.
      guard let other = try? codec.decode(cut.span, limit: 1 << 16) else { continue }
      #expect(try codec.encode(other.span) == cut && other != input, "cut to \(length)")
    }
    let longer = coded + [UInt8](repeating: 1, count: 9)
    #expect(throws: BPBError.self) { try codec.decode(longer.span, limit: 1 << 16) }
  }

  @Test func aLengthThatLiesIsRefusedSoon() throws {
    let codec = ModelCodec { byteCount throws(BPBError) in
      try NGramModel<5>(memory: 1 << 20, byteCount: byteCount)
    }
    let hostile: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3]
    #expect(throws: BPBError.self) { try codec.decode(hostile.span, limit: 1 << 16) }
    let endless = [UInt8](repeating: 0xFF, count: 40)
    #expect(throws: BPBError.self) { try codec.decode(endless.span, limit: 1 << 16) }
  }

  @Test(arguments: ["text", "random", "zeros", "random then zeros", "alternating"])
  func theSizeOfEveryPrefixIsKnownWithoutEnding(name: String) throws {
    let input = HostileInputs.all.first { $0.name == name }!.bytes
    // The same model for a prefix as for the whole.
    let codec = ModelCodec { _ throws(BPBError) in
      try NGramModel<2>(memory: 1 << 18, byteCount: 5000)
    }
    let encoder = try codec.makeEncoder(byteCount: input.count)
    var pushed = 0
    let lengths = Array(stride(from: 0, to: 600, by: 9)) + [1000, 1001]
    for length in lengths + [input.count] {
      let piece = Array(input[pushed..<length])
      try encoder.push(piece.span, to: { _ in })
      pushed = length
      let prefix = Array(input.prefix(length))
      let coded = try codec.encode(prefix.span)
      #expect(encoder.byteCountIfFinished == coded.count, "\(length) bytes")
    }
    let before = encoder.byteCountIfFinished
    try encoder.finish(to: { _ in })
    #expect(encoder.byteCountIfFinished == before)
  }

  private func inPieces(
    _ coder: any StreamCoder, _ input: [UInt8], _ size: Int
  ) throws -> [UInt8] {
    var output: [UInt8] = []
    let sink: ByteSink = { output.append($0) }
    for start in stride(from: 0, to: input.count, by: size) {
      let piece = Array(input[start..<min(start + size, input.count)])
      try coder.push(piece.span, to: sink)
    }
    try coder.finish(to: sink)
    return output
  }
}

/// Predicts from a list, whatever it is given.
private struct ScriptedModel: ByteModel, ~Copyable {
  private let probabilities: [Int]
  private var position = 0
  var memoryBytes: Int { 1 }

  init(_ probabilities: [Int]) { self.probabilities = probabilities }

  mutating func code<C: SymbolCoder & ~Copyable>(_ byte: UInt8, with coder: inout C) -> UInt8 {
    var coded: UInt32 = 0
    for shift in (0..<8).reversed() {
      let bit = UInt32(byte >> UInt8(shift)) & 1
      coded = coded << 1 | coder.code(bit: bit, probability: UInt32(probabilities[position]))
      position += 1
    }
    return UInt8(coded)
  }
}
