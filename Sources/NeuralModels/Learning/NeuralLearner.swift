import BPBCore

/// Gathers the text, and trains a network on all of it when it is asked what it learned.
final class NeuralLearner: Learner {
  private let method: NeuralLearning
  private var text: [UInt8] = []
  private(set) var notes: [String] = []
  private var trainingMemory = 0

  init(_ method: NeuralLearning) { self.method = method }

  func learn(_ bytes: Span<UInt8>) { text.append(bytes) }

  func snapshot() throws(BPBError) -> [UInt8] { try snapshot { () throws(BPBError) in } }

  func snapshot(pause: () throws(BPBError) -> Void) throws(BPBError) -> [UInt8] {
    let weights = try trained(pause)
    for tensor in weights.layout.tensors {
      for index in weights[tensor].indices {
        weights[tensor][index] = WeightsCode.rounded(weights[tensor][index], bits: method.bits)
      }
    }
    return WeightsCode.encode(weights, bits: method.bits)
  }

  private func trained(_ pause: () throws(BPBError) -> Void) throws(BPBError) -> Weights {
    guard !text.isEmpty else { return untrained }
    let runtime = NeuralRuntime.current
    let parts = TunePart(of: text, share: method.tuneShare)
    let (plan, steps) = method.plan(textBytes: parts.training.count)
    trainingMemory = plan.memoryBytes
    let team = ThreadTeam(threads: runtime.threads)
    let trainer = try Trainer(plan, text: parts.training, kernels: runtime.kernels, team: team)
    let watched =
      parts.watched.isEmpty
      ? nil
      : WatchedLoss(
        of: trainer.weights, on: parts.watched, time: plan.time, kernels: runtime.kernels)
    let session = TrainingSession(
      trainer, watched: watched, budget: .steps(steps), team: team, now: { 0 })
    try session.run(afterStep: pause, report: { _ throws(BPBError) in })
    let passes = (trainer.epochs * 10).rounded() / 10
    notes = ["trained in \(trainer.steps) steps, \(passes) times through the text"]
    return trainer.weights
  }

  /// What a network is that has seen nothing.
  private var untrained: Weights {
    let weights = Weights(method.architecture)
    weights.initialise(seed: method.seed)
    return weights
  }

  var memoryBytes: Int { max(text.capacity, 1) + trainingMemory }
}
