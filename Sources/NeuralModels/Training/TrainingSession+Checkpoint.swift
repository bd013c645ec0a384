package import BPBCore

extension TrainingSession {
  /// The run as it stands, to be taken after a step.
  package func checkpoint() -> Checkpoint {
    var metadata = trainer.checkpointMetadata
    metadata["seconds"] = "\(seconds)"
    metadata["best_loss"] = "\(bestLoss)"
    metadata["since_best"] = sinceBest.map { "\($0)" }.joined(separator: " ")
    metadata["interval"] = interval.map(String.init)
    metadata["loss_sum"] = "\(losses.sum)"
    metadata["loss_count"] = String(losses.count)
    return Checkpoint(parts, metadata: metadata)
  }

  private var parts: [Checkpoint.Part] {
    trainer.checkpointParts + [("best", bestParameters.buffer)]
  }

  /// Goes on where `file` was written, before `run`.
  ///
  /// - Throws: `badData` for a file that is no checkpoint, or one of another run, with what differs.
  package func resume(from file: SafetensorsFile) throws(BPBError) {
    try trainer.check(file)
    try Checkpoint.restore(parts, from: file)
    try trainer.resumePlace(from: file)
    let metadata = file.header.metadata
    earlierSeconds = try Self.number("seconds", metadata)
    bestLoss = try Self.number("best_loss", metadata)
    sinceBest = try Self.numbers("since_best", metadata)
    losses = try (Self.number("loss_sum", metadata), Trainer.count("loss_count", metadata))
    if metadata["interval"] != nil { interval = max(try Trainer.count("interval", metadata), 1) }
  }

  private static func number(
    _ key: String, _ metadata: [String: String]
  ) throws(BPBError) -> Double {
    guard let number = try numbers(key, metadata).first else {
      throw BPBError(.badData, "the checkpoint does not say its \(key)")
    }
    return number
  }

  private static func numbers(
    _ key: String, _ metadata: [String: String]
  ) throws(BPBError) -> [Double] {
    let words = metadata[key]?.split(separator: " ") ?? []
    let numbers = words.compactMap { Double($0) }
    guard metadata[key] != nil, numbers.count == words.count, numbers.allSatisfy({ $0 >= 0 }) else {
      throw BPBError(.badData, "the checkpoint does not say its \(key)")
    }
    return numbers
  }
}
