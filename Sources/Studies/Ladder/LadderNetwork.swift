import BPBCore
import ByteModels
import NeuralModels

/// A network that is trained on a text and sent along with it, at the precision of its weights that makes both together
/// shortest.
struct LadderNetwork {
  let architecture: Architecture
  let seed: UInt64
  /// Bytes that training sees at least.
  var leastBytes = Self.usualLeastBytes

  /// Precisions that are tried, of `levels`.
  var precisions = Self.levels

  private static let usualLeastBytes = 1 << 20
  /// Times that training goes through the text.
  private static let passes = 6
  /// Bytes of the text on which all levels are tried, and levels that are tried on the whole of it.
  private static let sampleBytes = 1 << 14
  private static let candidates = 2

  /// The precisions that weights may be sent at; their places in this list are what files say.
  static let levels: [WeightsLevel] =
    [.float(bits: 23), .float(bits: 7), .float(bits: 4), .float(bits: 3)]
    + [8, 6, 5, 4, 3].flatMap { bits -> [WeightsLevel] in
      [.uniform(bits: bits), .blocks(bits: bits, block: 32), .blocks(bits: bits, block: 16)]
    } + [0.1, 0.2, 0.3, 0.5].map { .pruned(share: $0, rest: .uniform(bits: 6)) }
    + [.uniform(bits: 2)]

  /// Bytes that training sees of a text of so many bytes.
  static func bytesSeen(textBytes: Int, least: Int = usualLeastBytes) -> Int {
    max(passes * textBytes, least)
  }

  /// The accounts of the network on `text`, which is not empty; `unseen` is what it has not learned from.
  func measure(
    _ text: [UInt8], unseen: [UInt8], inChunks: Bool, _ bench: StudyBench
  ) throws(BPBError) -> StudyFigures {
    let weights = try bench.weights(plan(textBytes: text.count), learning: text)
    var result = StudyFigures()
    let described = try shortest(weights, text, &result, bench)
    let file = try TwoPartFile(of: text, model: described) {
      [architecture] bytes throws(BPBError) in
      try Self.restore(bytes, architecture)
    }
    result.add(file, of: text, unseen: unseen)
    result.figures["parameters"] = Double(architecture.parameterCount)
    result.figures["decoder"] = Program.byteCount.map(Double.init)
    result.texts["level"] = Self.levels[Int(described[0])].text
    if inChunks {
      let chunked = try ChunkedLength(of: text, under: file, pause: bench.pause)
      result.figures["chunked"] = Double(8 * chunked.byteCount) / Double(text.count)
    }
    return result
  }

  func plan(textBytes: Int) -> TrainingPlan {
    var plan = TrainingPlan.usual(for: architecture, textBytes: textBytes, seed: seed)
    plan.shards = 1
    plan.optimiser.weightDecay = 0
    let steps = max(
      Self.bytesSeen(textBytes: textBytes, least: leastBytes) / plan.batchBytes, 1)
    plan.schedule = Schedule(warmUp: min(50, max(steps / 4, 1)), steps: steps, coolDownShare: 0.3)
    return plan
  }

  /// The weights as the bytes that make a shortest file of `text`: the level, and the weights at it.
  ///
  /// All levels are held against each other by a sample of the text, and the best of those by all of it.
  private func shortest(
    _ weights: Weights, _ text: [UInt8], _ result: inout StudyFigures, _ bench: StudyBench
  ) throws(BPBError) -> [UInt8] {
    let sample = Array(text.prefix(Self.sampleBytes))
    var trials: [(bytes: [UInt8], bits: Double)] = []
    for (place, level) in Self.levels.enumerated() where precisions.contains(level) {
      try bench.pause()
      guard let coded = level.applied(to: weights).bytes else { continue }
      let bytes = [UInt8(place)] + coded
      let bits = try length(of: sample, under: bytes) / Double(sample.count) * Double(text.count)
      trials.append((bytes, bits + Double(8 * bytes.count)))
      result.figures[level.text + " total"] = trials.last!.bits / Double(text.count)
      result.figures[level.text + " bytes"] = Double(bytes.count)
    }
    trials.sort { $0.bits < $1.bits }
    var best = (bytes: [UInt8](), bits: Double.infinity)
    for (bytes, _) in trials.prefix(Self.candidates) {
      try bench.pause()
      let bits = try length(of: text, under: bytes) + Double(8 * bytes.count)
      if bits < best.bits { best = (bytes, bits) }
    }
    return best.bytes
  }

  /// -log2 p of `text` under the network that `bytes` describe.
  private func length(of text: [UInt8], under bytes: [UInt8]) throws(BPBError) -> Double {
    try Self.restore(bytes.span, architecture).score(text.span, blockSize: text.count)[0]
  }

  /// The network that such bytes describe.
  ///
  /// - Throws: `badData` for others.
  static func restore(
    _ bytes: Span<UInt8>, _ architecture: Architecture
  ) throws(BPBError) -> FrozenNetwork {
    guard !bytes.isEmpty, levels.indices.contains(Int(bytes[0])) else {
      throw BPBError(.badData, "the weights have no such precision")
    }
    let weights = Weights(architecture)
    try levels[Int(bytes[0])].decode(bytes.extracting(1...), into: weights)
    let kernels = NeuralRuntime.current.kernels
    return FrozenNetwork(weights.packed(for: .coding, kernels: kernels), kernels: kernels)
  }
}
