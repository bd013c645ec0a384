package import BPBCore

extension Trainer {
  /// A run of its own that stands where this one does: what either learns from here on leaves the other as it is.
  ///
  /// One trunk at a constant rate so serves several amounts of data, each with a cool-down on a branch (Hägele et al., "Scaling
  /// laws and compute-optimal training beyond fixed training durations", 2024).
  ///
  /// - Parameter text: that of this run.
  /// - Throws: `methodFailed` when there is no memory.
  package func branch(text: [UInt8]) throws(BPBError) -> Trainer {
    let branch = try Trainer(plan, text: text, kernels: kernels, team: team)
    precondition(
      branch.batches.textHash == batches.textHash, "a branch learns from its trunk's text")
    for (own, trunk) in zip(branch.checkpointParts, checkpointParts) {
      own.values.baseAddress!.update(from: trunk.values.baseAddress!, count: own.values.count)
    }
    branch.steps = steps
    try branch.restoreBatches(at: batches.place)
    branch.repack()
    return branch
  }
}
