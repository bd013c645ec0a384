package import BPBCore

/// A network that is trained on a text and then frozen: its rounded weights are a snapshot, and what it pays for a text is
/// predicted with those. What it learns depends on the text and these numbers alone, not on the machine.
package struct NeuralLearning: LearningMethod, Hashable {
  package var architecture: Architecture
  /// Steps of training; nil takes what `steps(for:)` says.
  package var steps: Int?
  /// Bits of a weight's significand after the leading one; see `WeightsCode`.
  package var bits: Int
  /// Of the text, what is not learned from but watched: the weights that are kept are those that did best there.
  package var tuneShare: Double
  /// What the first weights and the order of batches are drawn by.
  package var seed: UInt64
  /// New bytes in each window of a network that has windows; see `NetworkStream`.
  package var stride: Int?

  /// Creates a method; see the properties.
  package init(
    _ architecture: Architecture, steps: Int? = nil, bits: Int = NeuralLearning.usualBits,
    tuneShare: Double = 0, seed: UInt64 = 1, stride: Int? = nil
  ) {
    self.architecture = architecture
    self.steps = steps
    self.bits = bits
    self.tuneShare = tuneShare
    self.seed = seed
    self.stride = stride
  }

  /// The two parts together are shortest with 3 to 5: see `docs/methods/neural.md`.
  package static let usualBits = 4

  package var precision: String {
    "weights of \(1 + bits) significant bits, their exponents coded by how often they came"
  }

  package func makeLearner(byteCount: Int) throws(BPBError) -> any Learner { NeuralLearner(self) }

  package func restore(_ snapshot: Span<UInt8>) throws(BPBError) -> any FrozenModel {
    let weights = Weights(architecture)
    try WeightsCode.decode(snapshot, into: weights, bits: bits)
    let kernels = NeuralRuntime.current.kernels
    weights.reserve(.coding)
    weights.repack(for: .coding, kernels: kernels)
    return FrozenNetwork(weights, stride: stride, kernels: kernels)
  }

  /// How a text of `textBytes` bytes is trained on, in how many steps.
  func plan(textBytes: Int) -> (plan: TrainingPlan, steps: Int) {
    let plan = TrainingPlan.usual(for: architecture, textBytes: textBytes, seed: seed)
    return (plan, steps ?? Self.steps(textBytes: textBytes, batchBytes: plan.batchBytes))
  }

  /// Steps where none are asked for: as many as go through the text `usualEpochs` times, but no fewer than a network needs to
  /// get anywhere, and no more than take minutes.
  private static func steps(textBytes: Int, batchBytes: Int) -> Int {
    let wanted = textBytes * usualEpochs / batchBytes
    return min(max(wanted, usualSteps.lowerBound), usualSteps.upperBound)
  }

  static let usualEpochs = 4
  static let usualSteps = 200...4000
}
