import BPBCore
import NeuralModels
import Testing

/// A small network with random weights and a random batch, for tests.
struct NetworkSubject {
  let weights: Weights
  let network: any Network
  let sequences, time: Int
  /// [sequences][time]
  let inputs, targets: [UInt8]
  let kernels: Kernels

  init(
    _ text: String, kernels: Kernels = .best, sequences: Int, time: Int,
    training: TrainingOptions? = TrainingOptions()
  ) throws {
    let architecture = try Architecture(parsing: text)
    weights = Weights(architecture)
    self.kernels = kernels
    (self.sequences, self.time) = (sequences, time)
    network = architecture.makeNetwork(
      weights: weights, kernels: kernels, sequences: sequences, time: time, training: training)
    var generator = SeededGenerator(seed: 17)
    inputs = generator.bytes(count: sequences * time)
    targets = generator.bytes(count: sequences * time)
    weights.randomise(seed: 5)
    repack(training)
  }

  func repack(_ training: TrainingOptions?) {
    weights.repack(for: .coding, kernels: kernels)
    guard let training else { return }
    weights.repack(for: .learning(training.precision), kernels: kernels)
  }

  /// The loss of learning from the batch, and the gradient.
  func learn(scale: Float = 1, dropoutSeed: UInt64 = 0) -> (loss: Double, gradient: [Float]) {
    var gradient = [Float](repeating: 0, count: weights.layout.bufferCount)
    let loss = gradient.withUnsafeMutableBufferPointer {
      network.learn(
        inputs: inputs, targets: targets, gradientScale: scale, dropoutSeed: dropoutSeed,
        gradient: $0.baseAddress!)
    }
    return (loss, gradient)
  }

  /// The logits [sequences][time][256] of feeding the batch in calls of at most `step` bytes.
  func logits(step: Int) -> [Float] {
    var result = [Float](repeating: 0, count: sequences * time * 256)
    for begin in stride(from: 0, to: time, by: step) {
      let count = min(step, time - begin)
      let part = (0..<sequences).flatMap { inputs[$0 * time + begin..<$0 * time + begin + count] }
      var logits = [Float](repeating: 0, count: sequences * count * 256)
      network.extend(by: part, time: count, logits: &logits)
      for s in 0..<sequences {
        let place = (s * time + begin) * 256
        result.replaceSubrange(
          place..<place + count * 256, with: logits[s * count * 256..<(s + 1) * count * 256])
      }
    }
    return result
  }

  func inputs(of sequence: Int) -> [UInt8] {
    Array(inputs[sequence * time..<(sequence + 1) * time])
  }
  func targets(of sequence: Int) -> [UInt8] {
    Array(targets[sequence * time..<(sequence + 1) * time])
  }
}

extension Weights {
  /// Initial values; of gains and biases others than 1 and 0, which would hide that they are forgotten.
  func randomise(seed: UInt64) {
    initialise(seed: seed)
    var generator = SeededGenerator(seed: seed + 13)
    for tensor in layout.tensors where tensor.role == .gain || tensor.role == .bias {
      for i in self[tensor].indices {
        self[tensor][i] += Float(generator.next(below: 1000)) / 1000 - 0.5
      }
    }
  }
}

/// Small shapes of every kind, with sizes that fill no register and some that do.
let smallNetworks = [
  "mlp:context=1:embedding=3:width=7:layers=1", "mlp:context=4:embedding=5:width=9:layers=2",
  "gru:width=15:layers=1:embedding=3", "gru:width=7:layers=2:embedding=17",
  "lstm:width=15:layers=1:embedding=3", "lstm:width=9:layers=2:embedding=5",
  "transformer:layers=1:width=2:heads=1:context=9",
  "transformer:layers=2:width=12:heads=3:context=16",
  "transformer:layers=1:width=6:heads=1:context=9:lookback=3",
  "transformer:layers=1:width=32:heads=1:context=8:activation=gelu:head=own",
]
