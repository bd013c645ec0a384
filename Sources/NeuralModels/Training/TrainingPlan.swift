/// Everything that decides what a run makes of a text, to the bit: the same plan on the same text gives the same
/// weights, on any machine (in float32) and with any number of threads.
public struct TrainingPlan: Sendable, Hashable {
  public var architecture: Architecture
  /// What weights begin as, which bytes a batch brings and what is dropped are drawn by.
  public var seed: UInt64 = 1
  /// Sequences in a batch.
  public var sequences: Int
  /// Bytes in a sequence.
  public var time: Int
  /// Parts of a batch whose gradients are summed apart, each on one thread at a time; they divide `sequences`.
  public var shards: Int
  public var optimiser: OptimiserSettings
  public var schedule: Schedule
  /// The share of activations that is dropped.
  public var dropout: Double = 0
  public var precision: Precision = .float32

  /// Numbers that products are made of while training. Whatever codes bytes uses float32.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    case float32 = "fp32"
    /// Products of factors rounded to bfloat16, sums in float32: the same bits on one instruction set only.
    case bfloat16 = "bf16"
  }

  /// Creates a plan; see the properties.
  public init(
    architecture: Architecture, sequences: Int, time: Int, shards: Int, optimiser: OptimiserSettings,
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
  public var batchBytes: Int { sequences * time }
}
