import BPBCore

extension TrainingPlan {
  /// The plan for `architecture` where nothing else is asked for.
  ///
  /// Rates were found by `Benchmarks/learning_rates.py`; its tables are in `docs/methods/neural.md`.
  /// - Parameter textBytes: of the text to train on; a short one gets fewer sequences or shorter ones.
  package static func usual(
    for architecture: Architecture, textBytes: Int, seed: UInt64
  ) -> TrainingPlan {
    let (sequences, time) = batch(for: architecture, textBytes: textBytes)
    let rate = rate(for: architecture)
    let optimiser = OptimiserSettings(
      optimiser: .muon, rate: rate, matrixRate: rate, weightDecay: 0.1)
    var plan = TrainingPlan(
      architecture: architecture, sequences: sequences, time: time, shards: 1, optimiser: optimiser,
      schedule: Schedule(warmUp: 50))
    plan.seed = seed
    plan.shards = shardCount(for: sequences, architecture)
    return plan
  }

  /// Sequences and bytes of a batch.
  private static func batch(
    for architecture: Architecture, textBytes: Int
  ) -> (sequences: Int, time: Int) {
    switch architecture {
    case .transformer(let shape):
      (8, max(1, min(shape.context, textBytes)))
    case .mlp:
      (16, max(1, min(128, textBytes)))
    case .gru, .lstm:
      (
        max(1, min(32, textBytes / 512)),
        max(1, min(128, textBytes / max(1, min(32, textBytes / 512))))
      )
    }
  }

  /// As many parts as keep many cores busy, where each is large enough to be quick.
  package static func shardCount(for sequences: Int, _ architecture: Architecture) -> Int {
    let most = architecture.carriesState ? max(sequences / 16, 1) : 8
    return (1...max(most, 1)).last { sequences.isMultiple(of: $0) } ?? 1
  }

  /// 0.16 / sqrt(width), at most 0.04, to three places: what the sweep found, for every kind of network. Runs of a
  /// few hundred steps would take up to twice as much.
  private static func rate(for architecture: Architecture) -> Double {
    let rate = min(0.16 / Double(architecture.shape.width).squareRoot(), 0.04)
    return max((rate * 1000).rounded(), 1) / 1000
  }
}
