import BPBCore
import NeuralModels

/// One trained network at every level of its weights: bytes, and losses on the tune and the test part at the temperature
/// that is best on the tune part.
struct WeightsCell: Sendable {
  let size: String
  /// Bytes learned from over parameters; more than the text has are repetitions.
  let multiple: Int
  let seed: UInt64

  private static let grids = [8, 6, 5, 4, 3, 2]
  private static let block = 32
  private static let shares = [0.2, 0.5, 0.8, 0.95]
  /// Bytes of the tune part that temperatures and levels are chosen on.
  private static let tuneBytes = 1 << 14

  /// All levels, with a control of equal noise for each grid a row.
  static let levels: [WeightsLevel] =
    [.float(bits: 23), .float(bits: 7)] + grids.map { .uniform(bits: $0) }
    + grids.map { .blocks(bits: $0, block: block) }
    + shares.map { .pruned(share: $0, rest: .uniform(bits: 8)) }
    + grids.map { .noise(like: .uniform(bits: $0), seed: 1) }

  private var architecture: Architecture { .size(size) }

  var cell: StudyCell {
    let bytes = Double(architecture.parameterCount * multiple)
    let flops = architecture.trainingFLOPsPerByte(time: 256)
    return StudyCell(
      ["arm": "weights", "size": size, "multiple": "\(multiple)", "seed": "\(seed)"],
      expectedSeconds: 5 + bytes * flops / 4e10, memoryNeed: 256 << 20
    ) { bench throws(BPBError) in try measure(bench) }
  }

  private func measure(_ bench: StudyBench) throws(BPBError) -> StudyFigures {
    var plan = TrainingPlan.usual(
      for: architecture, textBytes: bench.text.training.count, seed: seed)
    plan.shards = 1
    let steps = max(architecture.parameterCount * multiple / plan.batchBytes, 100)
    plan.schedule = Schedule(warmUp: 50, steps: steps, coolDownShare: 0.3)
    let weights = try bench.weights(plan, learning: bench.text.training)
    let tune = Array(bench.text.tune.prefix(Self.tuneBytes))
    var result = StudyFigures(figures: ["parameters": Double(architecture.parameterCount)])
    for level in Self.levels {
      try bench.pause()
      let lossy = level.applied(to: weights)
      let ready = lossy.weights.packed(for: .coding, kernels: NeuralRuntime.current.kernels)
      let temperature = FrozenNetwork.bestTemperature(
        of: ready, on: tune.span, kernels: NeuralRuntime.current.kernels)
      let model = FrozenNetwork(ready, temperature: temperature)
      let name = level.text
      result.figures[name + " tune"] =
        model.score(tune.span, blockSize: tune.count)[0]
        / Double(tune.count)
      result.figures[name + " temperature"] = Double(temperature)
      result.figures[name + " bytes"] = lossy.bytes.map { Double($0.count) }
      let bits = model.score(bench.text.test.span, blockSize: bench.text.blockSize)
      result.series[name] = bits
      result.figures[name + " test"] = bits.reduce(0, +) / Double(bench.text.test.count)
    }
    return result
  }
}
