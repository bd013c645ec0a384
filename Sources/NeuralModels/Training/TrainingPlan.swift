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

  /// Bytes that a batch predicts.
  package var batchBytes: Int { sequences * time }
}
