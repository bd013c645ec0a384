import BPBCore
import NeuralModels

/// What a network that learned a little text many times knows of it beyond what text is like: bits saved against a
/// network of the same size that learned from all of the training part (Morris et al., 2025, their mem_U).
struct TextMemory {
  let architecture: Architecture
  let bench: StudyBench
  let seed: UInt64
  /// Bytes that the reference learns from, repetitions counted.
  let referenceBytes: Int

  func measure(
    bytes: Int, exposures: Int
  ) throws(BPBError) -> StudyFigures {
    let learned = Array(bench.text.training.prefix(bytes))
    guard learned.count == bytes else {
      throw BPBError(
        .noInput,
        "the training part has \(bench.text.training.count) bytes, and this cell learns from \(bytes)"
      )
    }
    let own = try bits(learning: learned, bytesSeen: bytes * exposures, of: learned)
    let reference = try bits(
      learning: bench.text.training, bytesSeen: referenceBytes, of: learned)
    let covered = Double(own.learned.count * RandomSequences.length)
    let tested = Double(own.test.count * RandomSequences.length)
    // Two networks differ on text that neither learned too: what one happens to do better there is no memory.
    let control = Self.saved(own.test, reference.test) / tested
    let memorised = max(0, Self.saved(own.learned, reference.learned) - control * covered)
    return StudyFigures(
      figures: [
        "parameters": Double(architecture.parameterCount), "bytes": covered,
        "memorised": memorised, "train": own.learned.reduce(0, +) / covered,
        "test": own.test.reduce(0, +) / tested, "control": control,
        "reference_test": reference.test.reduce(0, +) / tested,
      ])
  }

  /// Bits that sequences take less than under the reference, those that take more left out.
  private static func saved(_ own: [Double], _ reference: [Double]) -> Double {
    zip(own, reference).reduce(0) { $0 + max(0, $1.1 - $1.0) }
  }

  /// Bits of each sequence of `learned` and of the test part, under a network that learned from `training`.
  private func bits(
    learning training: [UInt8], bytesSeen: Int, of learned: [UInt8]
  ) throws(BPBError) -> (learned: [Double], test: [Double]) {
    var plan = TrainingPlan.usual(for: architecture, textBytes: training.count, seed: seed)
    plan.time = RandomSequences.length
    plan.sequences = min(16, training.count / plan.time)
    plan.shards = 1
    plan.readsSequences = true
    plan.schedule = Schedule(
      warmUp: 50, steps: max(bytesSeen / plan.batchBytes, 100), coolDownShare: 0.3)
    let weights = try bench.weights(plan, learning: training)
    let losses = SequenceLosses(
      of: weights, time: plan.time, kernels: NeuralRuntime.current.kernels)
    return (losses.bits(of: learned), losses.bits(of: bench.text.test))
  }
}
