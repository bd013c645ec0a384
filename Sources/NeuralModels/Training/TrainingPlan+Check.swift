package import BPBCore

extension TrainingPlan {
  /// Bytes that a run allocates: networks, weights with their packed copies, gradients, moments, the best weights.
  package var memoryBytes: Int {
    let options = TrainingOptions(dropout: Float(dropout), precision: precision)
    let networks =
      shards
      * architecture.networkBytes(
        sequences: sequences / shards, time: time, training: options)
    let buffers = shards + 4 + (optimiser.optimiser == .muon ? 1 : 0)
    return networks + architecture.weightsBytes([.coding, .learning(precision)])
      + buffers * architecture.parameterLayout.bufferCount * MemoryLayout<Float>.stride
  }

  /// - Parameter memory: bytes that the run may allocate.
  /// - Throws: `usage` for a plan that cannot be carried out, with what to ask for instead.
  package func check(memory: Int) throws(BPBError) {
    if case .transformer(let shape) = architecture, time > shape.context {
      throw BPBError(
        .usage,
        "sequences of \(time) bytes are longer than the network's context, \(shape.context)",
        advice: "ask for at most \(shape.context), or for a longer context")
    }
    guard memoryBytes <= memory else {
      throw BPBError(
        .usage,
        "training '\(architecture)' by batches of \(sequences) x \(time) bytes would take "
          + "\(memoryBytes >> 20) MiB, and \(memory >> 20) MiB are there",
        advice: "ask for a smaller network, or for fewer or shorter sequences")
    }
  }
}
