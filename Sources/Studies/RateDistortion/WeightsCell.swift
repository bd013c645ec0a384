import BPBCore
import NeuralModels
import RunRecords

/// One trained network at every level of its weights: bytes, and losses on the tune and the test part at the temperature
/// that is best on the tune part.
struct WeightsCell: Sendable {
  /// How long a network was trained, and on what.
  enum Training: Sendable {
    /// So many times as many bytes of the training part as it has parameters; more than there are are repetitions.
    case multiple(Int)
    /// Far too long on the beginning of the training part, as in the study of overfitting.
    case repeated(bytes: Int, epochs: Int)
  }

  let size: String
  let training: Training
  let seed: UInt64

  private static let grids = [8, 6, 5, 4, 3, 2]
  private static let block = 32
  private static let shares = [0.2, 0.5, 0.8, 0.95]
  /// Bytes of the tune part that temperatures and levels are chosen on.
  private static let tuneBytes = 1 << 14

  static let whole = WeightsLevel.float(bits: 23)
  /// Levels that lose something.
  static let lossy: [WeightsLevel] =
    [.float(bits: 7)] + grids.map { .uniform(bits: $0) }
    + grids.map { .blocks(bits: $0, block: block) }
    + shares.map { .pruned(share: $0, rest: .uniform(bits: 8)) }
  /// All levels, with a control of equal noise for each grid a row.
  static let levels: [WeightsLevel] =
    [whole] + lossy + grids.map { .noise(like: .uniform(bits: $0), seed: 1) }

  private var architecture: Architecture { .size(size) }

  var cell: StudyCell {
    let memory = 256 << 20
    switch training {
    case .multiple(let multiple):
      return StudyCell(
        ["arm": "weights", "size": size, "multiple": "\(multiple)", "seed": "\(seed)"],
        expectedSeconds: expectedSeconds, memoryNeed: memory
      ) { bench throws(BPBError) in try measure(bench, Self.levels) }
    case .repeated(let bytes, let epochs):
      return StudyCell(
        [
          "arm": "overfitted", "size": size, "unique": "\(bytes)", "epochs": "\(epochs)",
          "seed": "\(seed)",
        ], expectedSeconds: expectedSeconds, memoryNeed: memory
      ) { bench throws(BPBError) in try measure(bench, [Self.whole] + Self.lossy) }
    }
  }

  private var expectedSeconds: Double {
    let bytes =
      switch training {
      case .multiple(let multiple): architecture.parameterCount * multiple
      case .repeated(let bytes, let epochs): bytes * epochs
      }
    // Every level reads the test part, and a little of the tune part several times.
    return architecture.trainingSeconds(bytes: bytes, time: 256)
      + architecture.scoringSeconds(bytes: Self.levels.count * 200_000)
  }

  /// What is learned, and how.
  private func plan(_ text: StudyText) -> (TrainingPlan, learned: [UInt8]) {
    switch training {
    case .multiple(let multiple):
      var plan = TrainingPlan.usual(for: architecture, textBytes: text.training.count, seed: seed)
      plan.shards = 1
      let steps = max(architecture.parameterCount * multiple / plan.batchBytes, 100)
      plan.schedule = Schedule(warmUp: 50, steps: steps, coolDownShare: 0.3)
      return (plan, text.training)
    case .repeated(let bytes, let epochs):
      let run = OverfitRun(
        size: size, unique: bytes, epochs: epochs, regulariser: .none, seed: seed)
      return (run.plan, Array(text.training.prefix(bytes)))
    }
  }

  private func measure(
    _ bench: StudyBench, _ levels: [WeightsLevel]
  ) throws(BPBError) -> StudyFigures {
    let (plan, learned) = plan(bench.text)
    let weights = try bench.weights(plan, learning: learned)
    let tune = Array(bench.text.tune.prefix(Self.tuneBytes))
    var result = StudyFigures(figures: ["parameters": Double(architecture.parameterCount)])
    for level in levels {
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

extension StudyCellRecord {
  /// Of the levels that lose something that which is best on the tune part; nil if the cell has none.
  var bestLossyLevel: String? {
    WeightsCell.lossy.map(\.text).filter { figures[$0 + " tune"] != nil }
      .min { figures[$0 + " tune"]! < figures[$1 + " tune"]! }
  }
}
