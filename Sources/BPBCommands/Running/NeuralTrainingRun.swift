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
    /// How to have the model written after all, should writing it fail; nil if the run was not saved.
    var advice: String?
  }

  /// The corpus, parted.
  private struct Parts {
    var training: [UInt8]
    var watched: [UInt8]
    var heldOut: [UInt8]
  }

  /// Trains.
  ///
  /// - Parameter prepare: called when it is known what will be trained, before the first step; what it throws is thrown.
  /// - Throws: `usage` for a network that cannot be, `noInput` for too short a corpus, `methodFailed` when training
  ///   diverged, `cancelled`, and what reading and writing throw.
  func train(
    prepare: (TrainingPlan) throws(BPBError) -> Void
  ) throws(BPBError) -> Outcome {
    let kernels = try options.running.chosenKernels()
    try options.precision.check(kernels)
    let parts = try parts()
    let plan = try plan(for: parts.training.count)
    try prepare(plan)
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
    if let remark = remark(on: session) { Terminal.notice(remark) }
    try log.begin(after: trainer.steps)
    try run(session, saved, log)
    return Outcome(
      weights: trainer.weights, plan: trainer.plan, metadata: metadata(of: trainer, parts),
      seconds: session.seconds, bytesSeen: trainer.bytesSeen, heldOut: parts.heldOut,
      kernels: kernels, verdict: TrainingVerdict(log.records), log: log.records,
      advice: saved.advice)
  }

  private var budget: TrainingSession.Budget {
    options.steps.map { .steps($0) } ?? .seconds(options.maxTime ?? 60)
  }

  private func run(
    _ session: TrainingSession, _ saved: SavedRun, _ log: TrainingLog
  ) throws(BPBError) {
    let line = TrainingLine(session)
    defer { line.end() }
    do throws(BPBError) {
      try session.run(
        afterStep: { () throws(BPBError) in
          if Interrupt.isRequested { throw Self.stopped }
          saved.save(session)
          line.advance()
        },
        report: { progress throws(BPBError) in
          log.append(progress)
          line.draw(progress)
        })
      saved.save(session, force: true)
    } catch {
      // A run that diverged is not worth saving, and what was saved of it before would diverge again.
      guard error.code == .cancelled else { throw saved.kept(after: error) }
      saved.save(session, force: true)
      throw BPBError(error.code, error.problem, advice: saved.advice ?? error.advice)
    }
  }

  private static let stopped = BPBError(
    .cancelled, "stopped; no model was written",
    advice: "with --checkpoint FILE the same command would go on where it was")

  /// What a saved run does that the options would not make one expect: when it ends is a part of it once that is settled.
  private func remark(on session: TrainingSession) -> String? {
    guard let end = session.trainer.plan.schedule.coolDown?.upperBound, session.trainer.steps > 0
    else { return nil }
    if session.trainer.steps >= end {
      return "the saved run has ended, so that nothing is trained any more; "
        + "without its checkpoint training begins anew"
    }
    guard let steps = options.steps, steps != end else { return nil }
    return "the saved run ends with step \(end), whatever --steps says"
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
    if case .transformer(let shape) = architecture, textBytes < shape.context, options.time == nil {
      Terminal.notice(
        "\(textBytes) bytes of text are less than the network's context, \(shape.context): "
          + "it learns nothing about longer ones")
    }
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
