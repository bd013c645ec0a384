package import BPBCore

extension TrainingPlan {
  /// - Throws: `usage` for a plan that cannot be carried out, with what to ask for instead.
  package func check() throws(BPBError) {
    if case .transformer(let shape) = architecture, time > shape.context {
      throw BPBError(
        .usage,
        "sequences of \(time) bytes are longer than the network's context, \(shape.context)",
        advice: "ask for at most \(shape.context), or for a longer context")
    }
    let bytes =
      architecture.networkBytes(
        sequences: sequences / shards, time: time,
        training: TrainingOptions(dropout: Float(dropout), precision: precision)) * shards
    guard bytes <= Self.mostBytes else {
      throw BPBError(
        .usage, "a batch of \(sequences) sequences of \(time) bytes would take \(bytes >> 20) MiB",
        advice: "ask for fewer or shorter sequences")
    }
  }

  /// Memory for activations that a plan may ask for.
  private static let mostBytes = 16 << 30
}
