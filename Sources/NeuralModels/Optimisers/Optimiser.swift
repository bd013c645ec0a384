import CKernels

/// How a gradient becomes a step.
package enum Optimiser: String, Sendable, Hashable, CaseIterable {
  /// AdamW for every parameter (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).
  case adamw
  /// Muon for the matrices inside, AdamW for embeddings, head, gains and biases (Jordan et al., 2024), with
  /// steps as long as AdamW's (Liu et al., "Muon is scalable for LLM training", 2025).
  case muon
}

/// The numbers of an optimiser.
package struct OptimiserSettings: Sendable, Hashable {
  package var optimiser: Optimiser
  /// The peak learning rate of AdamW.
  package var rate: Double
  /// The peak learning rate of Muon's matrices.
  package var matrixRate: Double
  /// The decay of matrices and embeddings in a step of rate 1.
  package var weightDecay: Double
  /// AdamW's.
  package var beta1: Double = 0.9
  package var beta2: Double = 0.99
  /// Muon's, and what it begins at; in between it rises in equal parts over `momentumWarmUp` steps. A long memory of
  /// the first gradients, which are the largest, would hold a run up.
  package var momentum: Double = 0.95
  package var firstMomentum: Double = 0.85
  package var momentumWarmUp = 300
  /// The longest gradient; longer ones are made as long.
  package var clip: Double = 1

  /// Creates settings; see the properties.
  package init(optimiser: Optimiser, rate: Double, matrixRate: Double, weightDecay: Double) {
    self.optimiser = optimiser
    self.rate = rate
    self.matrixRate = matrixRate
    self.weightDecay = weightDecay
  }

  /// Muon's momentum at `step`, which counts from 0.
  func momentum(at step: Int) -> Double {
    let share = min(1, Double(step) / Double(max(momentumWarmUp, 1)))
    return firstMomentum + (momentum - firstMomentum) * share
  }
}
