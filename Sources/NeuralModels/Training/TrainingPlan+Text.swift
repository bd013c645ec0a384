extension TrainingPlan {
  /// What decides the outcome besides architecture, seed and the end of the run, in one line, as records and checkpoints
  /// hold it: equal plans have equal texts.
  package var options: String {
    var parts = [
      "batch=\(sequences)x\(time)", "shards=\(shards)", "optimiser=\(optimiser.optimiser.rawValue)",
      "rate=\(optimiser.rate)",
    ]
    if optimiser.optimiser == .muon { parts.append("matrix-rate=\(optimiser.matrixRate)") }
    parts += [
      "decay=\(optimiser.weightDecay)", "clip=\(optimiser.clip)", "dropout=\(dropout)",
      "warm-up=\(schedule.warmUp)", "precision=\(precision.rawValue)",
    ]
    if !growth.isEmpty { parts.append("growth=\(growth.map(String.init).joined(separator: ","))") }
    if let fading { parts.append("fading=\(fading)") }
    return parts.joined(separator: " ")
  }
}
