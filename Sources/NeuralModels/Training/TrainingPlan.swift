/// Everything that decides what a run makes of a text, to the bit: the same plan on the same text gives the same
/// weights, on any machine (in float32) and with any number of threads.
package struct TrainingPlan: Sendable, Hashable {
  package var architecture: Architecture
  /// What weights begin as, which bytes a batch brings and what is dropped are drawn by.
  package var seed: UInt64 = 1
  /// Sequences in a batch.
  package var sequences: Int
  /// Bytes in a sequence.
  package var time: Int
  /// Parts of a batch whose gradients are summed apart, each on one thread at a time; they divide `sequences`.
  package var shards: Int
  package var optimiser: OptimiserSettings
  package var schedule: Schedule
  /// The share of activations that is dropped.
  package var dropout: Double = 0
  package var precision: Precision = .float32
  /// Whether the text is sequences of `time` bytes that have nothing to do with each other, not one that goes on.
  package var readsSequences = false
  /// Steps at which twice as many shards are taken into a batch, from one on; empty for all of them from the first step.
  ///
  /// Few bytes are learned from best in many small batches, many in larger ones: the batch that is worth its bytes grows as
  /// the loss falls (S. McCandlish et al., "An empirical model of large-batch training", 2018). Such a run reads windows,
  /// each from a state of nothing.
  package var growth: [Int] = []
  /// Bytes from which on the rate falls as the fourth root of those that were seen; nil for a rate that stays.
  ///
  /// The best rate is the lower the more is learned from, by a power of it (Y. Shen et al., "Power scheduler: a batch size and
  /// token number agnostic learning rate scheduler", 2024): one that stays is too high or too low for most of the amounts
  /// of data that one run serves.
  package var fading: Int?

  /// Creates a plan; see the properties.
  package init(
    architecture: Architecture, sequences: Int, time: Int, shards: Int,
    optimiser: OptimiserSettings,
    schedule: Schedule
  ) {
    self.architecture = architecture
    self.sequences = sequences
    self.time = time
    self.shards = shards
    self.optimiser = optimiser
    self.schedule = schedule
  }

  /// Bytes that a whole batch predicts.
  package var batchBytes: Int { sequences * time }

  /// Shards of the batch of `step`, which counts from 0.
  func activeShards(at step: Int) -> Int {
    growth.isEmpty ? shards : min(1 << growth.count { $0 <= step }, shards)
  }

  /// By what the rate is multiplied where the batch is not whole: the root of its share, as the noise of a gradient falls with the
  /// root of the batch (S. Malladi et al., "On the SDEs and scaling rules for adaptive gradient algorithms", 2022); and where the
  /// rate falls with what was seen.
  func rateFactor(at step: Int) -> Double {
    let share = (Double(activeShards(at: step)) / Double(shards)).squareRoot()
    guard let fading else { return share }
    let seen = Double(max(bytes(steps: step), 1))
    // Two square roots have the same bits everywhere.
    return share * min(1, Double(fading) / seen).squareRoot().squareRoot()
  }

  /// Bytes that the first `steps` steps predict.
  package func bytes(steps: Int) -> Int {
    let ends = growth.filter { $0 < steps } + [steps]
    var (bytes, start) = (0, 0)
    for end in ends {
      bytes += (end - start) * activeShards(at: start) * (batchBytes / shards)
      start = end
    }
    return bytes
  }

  /// Floating-point operations of the products that make a step's updates orthogonal.
  package var updateFLOPs: Double {
    guard optimiser.optimiser == .muon else { return 0 }
    return architecture.parameterLayout.tensors.filter { $0.role == .matrix }.reduce(0) {
      $0 + OrthogonalUpdate.operations(rows: $1.shape[0], columns: $1.shape[1])
    }
  }

  /// The most steps that predict no more than `bytes` bytes.
  package func steps(bytes: Int) -> Int {
    var (fits, exceeds) = (0, bytes / (batchBytes / shards) + 1)
    while exceeds - fits > 1 {
      let steps = (fits + exceeds) / 2
      if self.bytes(steps: steps) <= bytes { fits = steps } else { exceeds = steps }
    }
    return fits
  }
}
