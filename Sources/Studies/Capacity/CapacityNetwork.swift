import BPBCore
import ByteModels
import NeuralModels

/// A network of a named size, with the context of one sequence: what cells train.
struct CapacityNetwork {
  let name: String
  let architecture: Architecture

  init(named name: String) {
    self.name = name
    guard case .transformer(var shape) = Architecture.size(name) else {
      preconditionFailure("\(name) is no transformer")
    }
    shape.context = RandomSequences.length
    architecture = .transformer(shape)
  }

  private var parameters: Int { architecture.parameterCount }

  /// A rough number of seconds that it takes to learn from so many bytes.
  private func seconds(bytes: Int) -> Double {
    architecture.trainingSeconds(bytes: bytes, time: RandomSequences.length)
  }

  private var memoryNeed: Int { 64 << 20 }

  /// Random sequences, learned by heart as far as they can be.
  func noiseCell(load: Double, seed: UInt64, exposures: ClosedRange<Int>) -> StudyCell {
    let bits = load * CapacityScale.published * Double(parameters)
    let count = max(1, Int((bits / 8 / Double(RandomSequences.length)).rounded()))
    return StudyCell(
      [
        "arm": "noise", "size": name, "load": "\(load)",
        "exposures": "\(exposures.lowerBound)-\(exposures.upperBound)", "seed": "\(seed)",
      ],
      expectedSeconds: seconds(
        bytes: count * RandomSequences.length * (2 * exposures.upperBound - exposures.lowerBound)),
      memoryNeed: memoryNeed
    ) { bench throws(BPBError) in
      let sequences = RandomSequences(count: count, seed: seed)
      let outcome = try SequenceMemory(
        architecture: architecture, sequences: sequences, seed: seed, exposures: exposures
      ).measure(on: bench)
      let coarse = try CoarseMemory(sequences: sequences, weights: outcome.weights).figures
      return StudyFigures(
        figures: [
          "parameters": Double(parameters), "sequences": Double(count), "bits": sequences.bits,
          "order_bits": sequences.orderBits, "memorised": outcome.bits,
          "exposures": Double(outcome.exposures), "gain": outcome.gain ?? .infinity,
          "converged": outcome.hasConverged ? 1 : 0,
        ].merging(coarse) { own, _ in own })
    }
  }

  /// The most random sequences of which an n-gram table can be made in the bits of this network's weights.
  func tableCell(seed: UInt64) -> StudyCell {
    StudyCell(
      ["arm": "table", "size": name, "seed": "\(seed)"], expectedSeconds: 2, memoryNeed: memoryNeed
    ) { bench throws(BPBError) in
      let room = 32 * parameters
      let table = try NoiseTable.largest(within: room, seed: seed, on: bench)
      return StudyFigures(figures: [
        "parameters": Double(parameters), "bits": table.sequences.bits,
        "table_bits": Double(table.bits), "memorised": table.memorised,
      ])
    }
  }

  /// Text from the beginning of the training part, as sequences, against a network of the same size that learned from
  /// all of it.
  ///
  /// - Parameter reference: bytes that the other network learns from, repetitions counted.
  func textCell(load: Double, seed: UInt64, exposures: Int, reference: Int) -> StudyCell {
    let capacity = CapacityScale.published * Double(parameters)
    let bytes = Int(load * capacity / CapacityScale.textBitsPerByte)
    return StudyCell(
      [
        "arm": "text", "size": name, "load": "\(load)", "exposures": "\(exposures)",
        "reference": "\(reference)", "seed": "\(seed)",
      ],
      expectedSeconds: seconds(bytes: bytes * exposures + reference),
      memoryNeed: memoryNeed
    ) { bench throws(BPBError) in
      let memory = TextMemory(
        architecture: architecture, bench: bench, seed: seed, referenceBytes: reference)
      return try memory.measure(bytes: bytes, exposures: exposures)
    }
  }
}
