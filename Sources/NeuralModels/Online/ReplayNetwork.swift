import BPBCore
import ByteModels
import CKernels

/// How a network learns that goes through one text, byte by byte.
struct ReplayShape: Sendable, Hashable {
  var architecture: Architecture
  /// Places of the text at which it learns at once: the newest bytes, and older ones once more.
  var readers: Int
  /// Bytes between two steps of learning, and of each reader in one.
  var segment: Int
  /// The peak learning rate.
  var rate: Double

  var shards: Int { readers.isMultiple(of: 2) ? 2 : 1 }
  /// Bytes of each reader that it sees when it learns.
  var window: Int { architecture.carriesState ? segment : 2 * segment }

  /// Bytes that it takes: weights with their packed copies, networks that predict and learn, gradients, moments.
  var memoryBytes: Int {
    let learning = architecture.networkBytes(
      sequences: readers / shards, time: window, training: TrainingOptions())
    let predicting = architecture.networkBytes(sequences: 1, time: window, training: nil)
    return architecture.weightsBytes([.learning(.float32)]) + shards * learning + predicting
      + (shards + 2) * architecture.parameterLayout.bufferCount * MemoryLayout<Float>.stride
  }
}

/// A network that goes through a text byte by byte and learns on the way: after every segment from what is new, and beside it
/// from older places once more, since one look at each byte leaves most of it unlearned (experience replay; Lin, 1992).
///
/// Encoder and decoder do the same, and threads change nothing: each shard's gradient is one thread's work.
final class ReplayNetwork: MixGuest {
  private let shape: ReplayShape
  private let byteCount: Int
  private let kernels: Kernels
  private let team: ThreadTeam
  private let weights: Weights
  private let predicting: any Network
  private let learning: [any Network]
  private let gradients: [FloatBuffer]
  private let optimiser: OptimiserState
  private let warmUp = Schedule(warmUp: 20)
  private var steps = 0
  private var text: [UInt8] = []
  private let logits = FloatBuffer(count: 256)
  /// Where each reader goes on.
  private var places: [Int]
  private var generator = SeededGenerator(seed: 1)
  /// [readers][window], and what follows each.
  private let inputs: UnsafeMutablePointer<UInt8>
  private let targets: UnsafeMutablePointer<UInt8>

  init(_ shape: ReplayShape, byteCount: Int, kernels: Kernels, team: ThreadTeam) {
    self.shape = shape
    self.byteCount = byteCount
    self.kernels = kernels
    self.team = team
    weights = Weights(shape.architecture)
    weights.initialise(seed: 1)
    let share = shape.readers / shape.shards
    predicting = shape.architecture.makeNetwork(
      weights: weights, kernels: kernels, sequences: 1, time: shape.window, training: nil)
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
    places = Array(repeating: 0, count: shape.readers)
    let count = shape.readers * shape.window
    (inputs, targets) = (.allocate(capacity: count), .allocate(capacity: count))
    inputs.initialize(repeating: TextStart.byte, count: count)
    targets.initialize(repeating: TextStart.byte, count: count)
    repack()
    extend(past: TextStart.byte)
  }

  deinit {
    inputs.deallocate()
    targets.deallocate()
  }

  var memoryBytes: Int {
    weights.memoryBytes + learning.reduce(predicting.memoryBytes) { $0 + $1.memoryBytes }
      + (gradients.count + 2) * weights.layout.bufferCount * 4 + text.capacity
  }

  func expect(_ frequencies: UnsafeMutablePointer<UInt32>) {
    kernels.table.pointee.frequencies(1, logits.base, frequencies)
  }

  func advance(past byte: UInt8) {
    text.append(byte)
    if text.count.isMultiple(of: shape.segment) && text.count >= shape.window { learn() }
    extend(past: byte)
  }

  private func extend(past byte: UInt8) {
    withUnsafePointer(to: byte) { predicting.extend(by: $0, time: 1, logits: logits.base) }
  }

  private func byte(at place: Int) -> UInt8 { place < 0 ? TextStart.byte : text[place] }

  private func learn() {
    let window = shape.window
    for reader in 0..<shape.readers {
      let start = nextPlace(of: reader)
      for t in 0..<window {
        inputs[reader * window + t] = byte(at: start + t - 1)
        targets[reader * window + t] = text[start + t]
      }
    }
    step()
    guard !shape.architecture.carriesState else { return }
    predicting.reset()
    for t in 0..<shape.segment {
      inputs[t] = byte(at: text.count - shape.segment + t - 1)
    }
    predicting.extend(by: inputs, time: shape.segment, logits: nil)
  }

  /// Where a reader's next window begins. The first one follows the text; others go on where they were, or anew where they
  /// have come to its end.
  private func nextPlace(of reader: Int) -> Int {
    let last = text.count - shape.window
    guard reader > 0 else { return last }
    var place = places[reader]
    if place == 0 || place > last {
      place = Int(generator.next(below: UInt64(last + 1)))
      forget(reader)
    }
    places[reader] = place + shape.segment
    return place
  }

  /// A reader who begins anew knows nothing of before.
  private func forget(_ reader: Int) {
    let share = shape.readers / shape.shards
    for states in learning[reader / share].carriedStates {
      let width = states.count / share
      let row = reader % share * width
      for index in row..<row + width { states[index] = 0 }
    }
  }

  private func step() {
    let count = shape.readers / shape.shards * shape.window
    team.run(shape.shards) { [gradients, learning, inputs, targets, shape] shard in
      gradients[shard].base.update(repeating: 0, count: gradients[shard].count)
      _ = learning[shard].learn(
        inputs: inputs + shard * count, targets: targets + shard * count,
        gradientScale: 1 / Float(shape.readers * shape.window), dropoutSeed: 0,
        gradient: gradients[shard].base)
    }
    let norm = GradientSum.reduce(gradients, kernels: kernels, team: team)
    // A step from a gradient that is no number would end all learning; it is left out.
    guard norm.isFinite else { return }
    let progress = Double(text.count) / Double(max(byteCount, 1))
    optimiser.step(
      steps, rateShare: warmUp.share(at: steps) * (1 - 0.8 * progress),
      gradient: gradients[0].base, gradientScale: norm > 1 ? Float(1 / norm) : 1,
      weights: weights.parameters)
    steps += 1
    repack()
  }

  private func repack() {
    let parts = team.threadCount
    team.run(parts) { [weights, kernels] part in
      weights.repack(for: .learning(.float32), kernels: kernels, part: part, of: parts)
    }
  }
}
