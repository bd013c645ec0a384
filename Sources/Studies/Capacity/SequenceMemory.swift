import BPBCore
import NeuralModels

/// Trains a network on sequences until it learns them no better, and counts what it knows by heart.
struct SequenceMemory {
  let architecture: Architecture
  let sequences: RandomSequences
  let seed: UInt64
  /// Times that each sequence is shown at first, and at most.
  let exposures: ClosedRange<Int>

  /// What was reached.
  struct Outcome {
    var weights: Weights
    var bits: Double
    var exposures: Int
    /// The share by which the last doubling of exposures raised what is memorised; nil if there was none.
    var gain: Double?

    /// Whether more training brings no more: what is memorised is then what fits, not a lower bound of it.
    var hasConverged: Bool { gain.map { $0 < SequenceMemory.enough } ?? false }
  }

  /// A doubling that brings less than this is the last.
  static let enough = 0.01
  private static let batch = 16
  private static let coolDownShare = 0.5

  /// Trains anew with twice the exposures until that brings less than one per cent, or until there are too many.
  /// Each run has a cool-down of its own: losses on the way there say little of where it ends.
  func measure(on bench: StudyBench) throws(BPBError) -> Outcome {
    var best = try trained(exposures: exposures.lowerBound, bench)
    while !best.hasConverged && best.exposures * 2 <= exposures.upperBound {
      var next = try trained(exposures: best.exposures * 2, bench)
      let gain = next.bits / max(best.bits, 1) - 1
      if next.bits < best.bits {
        next.bits = best.bits
        next.weights = best.weights
      }
      next.gain = gain
      best = next
    }
    return best
  }

  private func trained(
    exposures: Int, _ bench: StudyBench
  ) throws(BPBError) -> Outcome {
    let weights = try bench.weights(plan(exposures: exposures), learning: sequences.text)
    return Outcome(
      weights: weights, bits: sequences.bitsMemorised(by: weights), exposures: exposures)
  }

  private func plan(exposures: Int) -> TrainingPlan {
    var plan = TrainingPlan.usual(
      for: architecture, textBytes: sequences.text.count, seed: seed)
    plan.sequences = min(Self.batch, sequences.count)
    plan.time = RandomSequences.length
    plan.shards = 1
    plan.optimiser.weightDecay = 0
    plan.readsSequences = true
    let steps = (exposures * sequences.count + plan.sequences - 1) / plan.sequences
    plan.schedule = Schedule(
      warmUp: 50, steps: max(steps, 100), coolDownShare: Self.coolDownShare)
    return plan
  }
}
