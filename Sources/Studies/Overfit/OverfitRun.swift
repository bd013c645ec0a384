import BPBCore
import NeuralModels

/// One training: a network of a named size that goes so often through the beginning of the training part.
struct OverfitRun: Sendable {
  /// What is done against learning by heart.
  enum Regulariser: String, CaseIterable, Sendable {
    case none
    /// 0.1, as Muennighoff et al. used.
    case decay
    /// A tenth of the activations.
    case dropout
  }

  let size: String
  let unique: Int
  let epochs: Int
  let regulariser: Regulariser
  let seed: UInt64

  /// Looks at the tune part in a run.
  private static let looks = 12
  private static let coolDownShare = 0.3
  /// Bytes of the tune part that are looked at.
  private static let tuneBytes = 1 << 15

  var cell: StudyCell {
    StudyCell(
      [
        "size": size, "unique": "\(unique)", "epochs": "\(epochs)", "against": regulariser.rawValue,
        "seed": "\(seed)",
      ],
      // A few hundred kilobytes are read on the way and at the end.
      expectedSeconds: trainingSeconds
        + architecture.scoringSeconds(bytes: Self.looks * Self.tuneBytes + 300_000),
      memoryNeed: plan.memoryBytes
    ) { bench throws(BPBError) in try measure(bench) }
  }

  private var architecture: Architecture { .size(size) }

  /// A rough number of seconds that the training takes.
  var trainingSeconds: Double {
    architecture.trainingSeconds(bytes: unique * epochs, time: 256)
  }

  var plan: TrainingPlan {
    var plan = TrainingPlan.usual(for: architecture, textBytes: unique, seed: seed)
    plan.shards = 1
    plan.optimiser.weightDecay = regulariser == .decay ? 0.1 : 0
    plan.dropout = regulariser == .dropout ? 0.1 : 0
    let steps = max(unique * epochs / plan.batchBytes, 1)
    plan.schedule = Schedule(
      warmUp: min(50, max(steps / 4, 1)), steps: steps, coolDownShare: Self.coolDownShare)
    return plan
  }

  /// The losses at the end, and by the weights that did best on the tune part on the way.
  private func measure(_ bench: StudyBench) throws(BPBError) -> StudyFigures {
    let plan = plan
    let steps = plan.schedule.coolDown!.upperBound
    let text = Array(bench.text.training.prefix(unique))
    let tune = Array(bench.text.tune.prefix(Self.tuneBytes))
    var best = (loss: Double.infinity, step: 0, parameters: [Float]())
    var last = Double.infinity
    let interval = max(steps / Self.looks, 1)
    let weights = try bench.weights(plan, learning: text) { step, weights in
      guard step.isMultiple(of: interval) || step == steps else { return }
      last = FrozenNetwork(weights).score(tune.span, blockSize: tune.count)[0] / Double(tune.count)
      if last < best.loss { best = (last, step, weights.copied) }
    }
    let known = Array(text.prefix(Self.tuneBytes))
    let train =
      FrozenNetwork(weights).score(known.span, blockSize: known.count)[0] / Double(known.count)
    let lastBits = Self.testBits(weights, bench.text)
    let bestBits =
      best.step == steps
      ? lastBits : Self.testBits(Weights(architecture, copying: best.parameters), bench.text)
    return StudyFigures(
      figures: [
        "parameters": Double(architecture.parameterCount), "steps": Double(steps),
        "best_step": Double(best.step), "tune": last, "best_tune": best.loss,
        "test": lastBits.reduce(0, +) / Double(bench.text.test.count),
        "best_test": bestBits.reduce(0, +) / Double(bench.text.test.count),
        "train": train,
      ],
      series: ["test": lastBits, "best_test": bestBits])
  }

  private static func testBits(_ weights: Weights, _ text: StudyText) -> [Double] {
    FrozenNetwork(weights).score(text.test.span, blockSize: text.blockSize)
  }
}
