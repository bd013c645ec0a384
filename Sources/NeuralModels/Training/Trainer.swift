package import BPBCore

/// A run of training that is under way: one step at a time, so that whoever drives it decides when to look, to
/// save and to stop.
///
/// Each shard of a batch has a network and a gradient of its own, and gradients are summed in the order of shards: the
/// number of threads changes nothing but the time. Used from one thread at a time.
package final class Trainer {
  package internal(set) var plan: TrainingPlan
  /// Steps taken.
  package internal(set) var steps = 0
  package let weights: Weights
  let kernels: Kernels
  let team: ThreadTeam
  let networks: [any Network]
  private let gradients: [FloatBuffer]
  let optimiser: OptimiserState
  private(set) var batches: Batches
  private let inputs: UnsafeMutablePointer<UInt8>
  private let targets: UnsafeMutablePointer<UInt8>

  /// What a step did.
  package struct Step {
    /// Mean loss over the batch in bits a byte, before the step.
    package var bitsPerByte: Double
    /// Length of the gradient before it was clipped.
    package var gradientNorm: Double
    /// The share of the peak learning rate.
    package var rateShare: Double
  }

  /// A run of `plan` over `text` that begins.
  ///
  /// - Throws: `noInput` when the text is too short for the plan, `methodFailed` when there is no memory.
  package init(_ plan: TrainingPlan, text: [UInt8], kernels: Kernels, team: ThreadTeam)
    throws(BPBError)
  {
    precondition(plan.sequences % plan.shards == 0, "shards divide a batch's sequences")
    let reading: Batches.Reading =
      plan.readsSequences
      ? .sequences : plan.architecture.carriesState && plan.growth.isEmpty ? .streams : .windows
    let least = reading == .streams ? plan.batchBytes : plan.time
    guard text.count >= least else {
      throw BPBError(
        .noInput, "\(text.count) bytes are too few to train on: a batch takes \(least)",
        advice: "name more files, or ask for shorter sequences")
    }
    self.plan = plan
    self.kernels = kernels
    self.team = team
    weights = Weights(plan.architecture)
    weights.initialise(seed: plan.seed)
    networks = (0..<plan.shards).map { [weights] _ in
      plan.architecture.makeNetwork(
        weights: weights, kernels: kernels, sequences: plan.sequences / plan.shards,
        time: plan.time,
        training: TrainingOptions(dropout: Float(plan.dropout), precision: plan.precision))
    }
    gradients = (0..<plan.shards).map { [weights] _ in
      FloatBuffer(count: weights.layout.bufferCount)
    }
    optimiser = OptimiserState(
      layout: weights.layout, settings: plan.optimiser, kernels: kernels, team: team)
    batches = Batches(
      text: text, reading: reading, sequences: plan.sequences, time: plan.time, seed: plan.seed)
    inputs = .allocate(capacity: plan.batchBytes)
    targets = .allocate(capacity: plan.batchBytes)
    repack()
  }

  deinit {
    inputs.deallocate()
    targets.deallocate()
  }

  /// Bytes that were targets so far, those met again counted again.
  package var bytesSeen: Int { plan.bytes(steps: steps) }
  /// Times that the text was gone through, the one under way counted in part.
  package var epochs: Double { Double(bytesSeen) / Double(batches.byteCount) }

  /// Bytes that are learned from.
  package var textByteCount: Int { batches.byteCount }
  /// The parameters as the optimiser sees them.
  var parameterBuffer: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: weights.parameters, count: weights.layout.bufferCount)
  }

  /// Goes on with the batch that follows `place`.
  ///
  /// - Throws: `badData` for a place that no run gets to.
  func restoreBatches(at place: Batches.Place) throws(BPBError) {
    guard let batches = batches.moved(to: place) else {
      throw BPBError(.badData, "the checkpoint stands at a place that the text does not have")
    }
    self.batches = batches
  }

  /// Lets the run end with a cool-down over `steps`.
  package func coolDown(_ steps: Range<Int>) { plan.schedule.coolDown = steps }

  /// Takes one step.
  ///
  /// - Throws: `methodFailed` when the run diverged: the loss or the gradient is no number. The weights are those
  ///   before the step.
  package func step() throws(BPBError) -> Step {
    let shards = plan.activeShards(at: steps)
    let isFresh = batches.next(
      shards * (plan.sequences / plan.shards), inputs: inputs, targets: targets)
    let bytes = shards * (plan.batchBytes / plan.shards)
    let bits = learn(shards, isFresh: isFresh) / 0.6931471805599453 / Double(bytes)
    let norm = GradientSum.reduce(
      Array(gradients.prefix(shards)), kernels: kernels, team: team)
    guard bits.isFinite, norm.isFinite else {
      throw BPBError(
        .methodFailed, "training diverged at step \(steps + 1): the loss is no number any more",
        advice: "try a lower learning rate")
    }
    let clip = plan.optimiser.clip
    let share = plan.schedule.share(at: steps) * plan.rateFactor(at: steps)
    optimiser.step(
      steps, rateShare: share, gradient: gradients[0].base,
      gradientScale: norm > clip ? Float(clip / norm) : 1, weights: weights.parameters)
    repack()
    steps += 1
    return Step(bitsPerByte: bits, gradientNorm: norm, rateShare: share)
  }

  /// Renews what networks that code read, where learning ones read something else: before a loss is measured.
  package func makeReadyToCode() {
    guard plan.precision == .bfloat16 else { return }
    weights.repack(for: .coding, kernels: kernels)
  }

  /// Renews what networks read after the parameters have changed.
  func repack() {
    let parts = team.threadCount
    team.run(parts) { [weights, kernels, plan] part in
      weights.repack(for: .learning(plan.precision), kernels: kernels, part: part, of: parts)
    }
  }

  /// Summed loss of the batch's first shards in nats; each one's gradient of the mean loss is in its buffer.
  private func learn(_ shards: Int, isFresh: Bool) -> Double {
    let shardBytes = plan.batchBytes / plan.shards
    let losses = FloatBuffer(count: 2 * shards)
    let sums = UnsafeMutableRawPointer(losses.base).assumingMemoryBound(to: Double.self)
    team.run(shards) { [networks, gradients, inputs, targets, plan, steps] shard in
      gradients[shard].base.update(repeating: 0, count: gradients[shard].count)
      if isFresh { networks[shard].reset() }
      sums[shard] = networks[shard].learn(
        inputs: inputs + shard * shardBytes, targets: targets + shard * shardBytes,
        gradientScale: 1 / Float(shards * shardBytes),
        dropoutSeed: Self.dropoutSeed(plan.seed, step: steps, shard: shard),
        gradient: gradients[shard].base)
    }
    return (0..<shards).reduce(0) { $0 + sums[$1] }
  }

  private static func dropoutSeed(_ seed: UInt64, step: Int, shard: Int) -> UInt64 {
    var generator = SeededGenerator(seed: seed ^ UInt64(step) << 16 ^ UInt64(shard))
    return generator.next()
  }
}
