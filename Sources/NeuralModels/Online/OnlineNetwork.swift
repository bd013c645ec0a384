import BPBCore
import CKernels

/// The network of an online coder: it predicts, and now and then learns from what was coded. Two copies of it are kept
/// for each shard, one that goes on byte by byte and one that learns.
final class OnlineNetwork {
  private let shape: OnlineShape
  private let kernels: Kernels
  private let team: ThreadTeam
  private let weights: Weights
  private let predicting: [any Network]
  private let learning: [any Network]
  private let gradients: [FloatBuffer]
  private let optimiser: OptimiserState
  private let schedule: Schedule
  private var steps = 0
  /// [streams][window], and what follows each.
  private let inputs: UnsafeMutablePointer<UInt8>
  private let targets: UnsafeMutablePointer<UInt8>

  /// - Parameter byteCount: of the text, which the schedule is made for.
  init(_ shape: OnlineShape, byteCount: Int, kernels: Kernels, team: ThreadTeam) {
    self.shape = shape
    self.kernels = kernels
    self.team = team
    weights = Weights(shape.architecture)
    weights.initialise(seed: 1)
    let share = shape.streams / shape.shards
    predicting = (0..<shape.shards).map { [weights] _ in
      shape.architecture.makeNetwork(
        weights: weights, kernels: kernels, sequences: share, time: shape.window, training: nil)
    }
    learning = (0..<shape.shards).map { [weights] _ in
      shape.architecture.makeNetwork(
        weights: weights, kernels: kernels, sequences: share, time: shape.window,
        training: TrainingOptions())
    }
    gradients = learning.map { [weights] _ in FloatBuffer(count: weights.layout.bufferCount) }
    var settings = OptimiserSettings(
      optimiser: .adamw, rate: shape.rate, matrixRate: shape.rate, weightDecay: 0)
    settings.beta2 = 0.999
    optimiser = OptimiserState(
      layout: weights.layout, settings: settings, kernels: kernels, team: team)
    schedule = Schedule(warmUp: 20)
    inputs = .allocate(capacity: shape.streams * shape.window)
    targets = .allocate(capacity: shape.streams * shape.window)
    repack()
  }

  deinit {
    inputs.deallocate()
    targets.deallocate()
  }

  var memoryBytes: Int {
    weights.memoryBytes + (predicting + learning).reduce(0) { $0 + $1.memoryBytes }
      + (gradients.count + 2) * weights.layout.bufferCount * 4
  }

  /// Logits of the next byte of each stream of a shard, [streams of it][256], from the last one of each. Shards may be asked at
  /// once.
  func predict(
    shard: Int, after last: UnsafePointer<UInt8>, into logits: UnsafeMutablePointer<Float>
  ) {
    predicting[shard].extend(by: last, time: 1, logits: logits)
  }

  /// Learns from the bytes of every stream up to `end`, a multiple of the segment, and makes ready to go on.
  ///
  /// - Parameter byte: what stands at a place of a stream; a line feed before its first.
  func learn(upTo end: Int, byte: (_ stream: Int, _ place: Int) -> UInt8) {
    let window = shape.window
    if end >= window {
      for stream in 0..<shape.streams {
        for t in 0..<window {
          inputs[stream * window + t] = byte(stream, end - window + t - 1)
          targets[stream * window + t] = byte(stream, end - window + t)
        }
      }
      step()
    }
    guard !shape.architecture.carriesState else { return }
    showAgain(upTo: end, byte: byte)
  }

  private func step() {
    let count = shape.streams / shape.shards * shape.window
    team.run(shape.shards) { [gradients, learning, inputs, targets, shape] shard in
      gradients[shard].base.update(repeating: 0, count: gradients[shard].count)
      _ = learning[shard].learn(
        inputs: inputs + shard * count, targets: targets + shard * count,
        gradientScale: 1 / Float(shape.streams * shape.window), dropoutSeed: 0,
        gradient: gradients[shard].base)
    }
    let norm = GradientSum.reduce(gradients, kernels: kernels, team: team)
    // A step from a gradient that is no number would end all learning; it is left out.
    guard norm.isFinite else { return }
    optimiser.step(
      steps, rateShare: schedule.share(at: steps), gradient: gradients[0].base,
      gradientScale: norm > 1 ? Float(1 / norm) : 1, weights: weights.parameters)
    steps += 1
    repack()
  }

  /// What a network without a state of its own sees before the next segment: the one before.
  private func showAgain(upTo end: Int, byte: (_ stream: Int, _ place: Int) -> UInt8) {
    let (segment, share) = (shape.segment, shape.streams / shape.shards)
    for stream in 0..<shape.streams {
      for t in 0..<segment { inputs[stream * segment + t] = byte(stream, end - segment + t - 1) }
    }
    team.run(shape.shards) { [predicting, inputs] shard in
      predicting[shard].reset()
      predicting[shard].extend(by: inputs + shard * share * segment, time: segment, logits: nil)
    }
  }

  private func repack() {
    let parts = team.threadCount
    team.run(parts) { [weights, kernels] part in
      weights.repack(for: .learning(.float32), kernels: kernels, part: part, of: parts)
    }
  }
}
