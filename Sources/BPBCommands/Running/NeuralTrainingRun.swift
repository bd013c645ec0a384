import BitsPerByte
import Reports
import SystemPackage

/// A network that is to learn from a corpus: what `bpb train transformer` does.
struct NeuralTrainingRun {
  /// The kind of network or its architecture, as it was named.
  let name: String
  let options: NeuralOptions
  let corpus: Corpus
  let holdOut: Double?
  let seed: UInt64

  /// What came of it.
  struct Outcome {
    var weights: Weights
    var plan: TrainingPlan
    var metadata: NeuralModelMetadata
    /// Of training, in this process and before.
    var seconds: Double
    var bytesSeen: Int
    var heldOut: [UInt8]
    var kernels: Kernels
    var verdict: TrainingVerdict?
    var log: [TrainingRecord]
  }

  /// The corpus, parted.
  private struct Parts {
    var training: [UInt8]
    var watched: [UInt8]
    var heldOut: [UInt8]
  }

  /// Trains.
  ///
  /// - Throws: `usage` for a network that cannot be, `noInput` for too short a corpus, `methodFailed` when training
  ///   diverged, `cancelled`, and what reading and writing throw.
  func train() throws(BPBError) -> Outcome {
    let kernels = try options.running.chosenKernels()
    try options.precision.check(kernels)
    let parts = try parts()
    let plan = try plan(for: parts.training.count)
    let team = ThreadTeam(threads: options.running.threads ?? ThreadTeam.processorCount)
    let trainer = try Trainer(plan, text: parts.training, kernels: kernels, team: team)
    let log = try TrainingLog(path: options.log, corpus: corpus, plan: trainer.plan)
    let watched =
      parts.watched.isEmpty
      ? nil
      : WatchedLoss(of: trainer.weights, on: parts.watched, time: plan.time, kernels: kernels)
    let session = TrainingSession(
      trainer, watched: watched, budget: budget, team: team, now: MonotonicClock().now)
    let saved = SavedRun(path: options.checkpoint)
    try saved.resume(session)
    try log.begin(after: trainer.steps)
    try run(session, saved, log)
    return Outcome(
      weights: trainer.weights, plan: trainer.plan, metadata: metadata(of: trainer, parts),
      seconds: session.seconds, bytesSeen: trainer.bytesSeen, heldOut: parts.heldOut,
      kernels: kernels, verdict: TrainingVerdict(log.records), log: log.records)
  }

  private var budget: TrainingSession.Budget {
    options.steps.map { .steps($0) } ?? .seconds(options.maxTime ?? 60)
  }

  private func run(
    _ session: TrainingSession, _ saved: SavedRun, _ log: TrainingLog
  ) throws(BPBError) {
    let line = TrainingLine(session.trainer.plan)
    defer { line.end() }
    do throws(BPBError) {
      try session.run(
        afterStep: { () throws(BPBError) in
          if Interrupt.isRequested { throw BPBError(.cancelled, "stopped; no model was written") }
          saved.save(session)
        },
        report: { progress throws(BPBError) in
          try log.append(progress)
          line.draw(progress)
        })
      saved.save(session, force: true)
    } catch {
      // A run that diverged is not worth saving, and what was saved of it before is.
      if error.code == .cancelled { saved.save(session, force: true) }
      throw BPBError(
        error.code, error.problem, subject: error.subject, advice: saved.advice ?? error.advice)
    }
  }

  private func plan(for textBytes: Int) throws(BPBError) -> TrainingPlan {
    let architecture = try architecture(for: textBytes)
    var plan = TrainingPlan.usual(for: architecture, textBytes: textBytes, seed: seed)
    if let batch = options.batch { plan.sequences = batch }
    if let time = options.time { plan.time = time }
    plan.shards = TrainingPlan.shardCount(for: plan.sequences, architecture)
    if let optimiser = options.optimiser { plan.optimiser.optimiser = optimiser }
    if let rate = options.rate {
      plan.optimiser.rate = rate
      plan.optimiser.matrixRate = rate
    }
    if let decay = options.weightDecay { plan.optimiser.weightDecay = decay }
    plan.dropout = options.dropout ?? plan.dropout
    plan.precision = options.precision
    try plan.check(memory: Machine.memoryBytes / 4 * 3)
    return plan
  }

  /// The one that was named, or the one of its kind that fits the text and the time.
  private func architecture(for textBytes: Int) throws(BPBError) -> Architecture {
    let spec = try MethodSpec(parsing: name)
    guard spec.value == nil, spec.options.isEmpty,
      let fitted = Architecture.fitted(
        kind: spec.name, textBytes: textBytes, seconds: options.maxTime ?? 60)
    else { return try Architecture(spec) }
    return fitted
  }

  private func parts() throws(BPBError) -> Parts {
    var training: [UInt8] = []
    var heldOut: [UInt8] = []
    if let holdOut {
      let arrangement = try CorpusArrangement(of: corpus, seed: seed, heldOutShare: holdOut)
      guard let part = arrangement.heldOut else {
        throw BPBError(.noInput, arrangement.remark ?? "nothing can be held out")
      }
      training = Array(arrangement.stream[arrangement.training])
      heldOut = Array(arrangement.stream[part])
    } else {
      training.reserveCapacity(corpus.byteCount)
      for file in corpus.files {
        try file.read { piece throws(BPBError) in training.append(piece) }
      }
    }
    let parted = TunePart(of: training, share: options.tune)
    return Parts(training: parted.training, watched: parted.watched, heldOut: heldOut)
  }

  private func metadata(of trainer: Trainer, _ parts: Parts) -> NeuralModelMetadata {
    var metadata = NeuralModelMetadata()
    metadata.bpbVersion = BPB.version
    metadata.methodVersion = FrozenNetwork.version
    metadata.corpus = CorpusRecord(corpus)
    metadata.learnedBytes = parts.training.count
    metadata.holdOutShare = holdOut
    metadata.seed = seed
    metadata.steps = trainer.steps
    metadata.options = trainer.plan.options
    var sketch = WindowSketch(byteCount: parts.training.count + parts.watched.count)
    sketch.add(parts.training.span)
    sketch.add(parts.watched.span)
    metadata.sketch = sketch.serialised
    return metadata
  }
}
