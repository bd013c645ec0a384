import NeuralModels
import Testing

@Suite struct WeightsTests {
  /// Every machine begins with the same weights.
  @Test(arguments: [
    ("transformer:layers=1:width=8:heads=1:context=4", 0x9bac26a38588faf3),
    ("lstm:width=8:embedding=4", 0xc5960838d92d5aef),
    ("mlp:context=2:embedding=4:width=8", 0x64a36e6922d3a543),
  ])
  func initialValuesAreGolden(text: String, hash: UInt64) throws {
    let weights = Weights(try Architecture(parsing: text))
    weights.initialise(seed: 1)
    #expect(fingerprint(weights) == hash, "\(fingerprint(weights))")
    weights.initialise(seed: 2)
    #expect(fingerprint(weights) != hash)
  }

  @Test func initialValuesHaveTheDeviationsThatTheyShould() throws {
    let weights = Weights(try Architecture(parsing: "transformer:layers=8:width=64"))
    weights.initialise(seed: 3)
    let deviations: [(String, Double)] = [
      ("embedding.weight", 0.125), ("layers.3.attention.qkv.weight", 0.125),
      ("layers.7.mlp.down.weight", 0.015625), ("layers.0.attention.out.weight", 0.03125),
    ]
    for (name, expected) in deviations {
      let values = weights[weights.layout.tensors.first { $0.name == name }!]
      let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
      let square = values.reduce(0) { $0 + Double($1 * $1) } / Double(values.count)
      #expect(abs(square.squareRoot() / expected - 1) < 0.05, "\(name)")
      #expect(abs(mean) < 0.1 * expected, "\(name)")
    }
    let lstm = Weights(try Architecture(parsing: "lstm:width=5:embedding=3"))
    lstm.initialise(seed: 3)
    let bias = lstm[lstm.layout.tensors.first { $0.name == "rnn.bias_ih_l0" }!]
    #expect(Array(bias) == (0..<20).map { 5..<10 ~= $0 ? 1 : 0 })
  }

  /// Any number of threads may share the work of packing.
  @Test func partsOfPackingAreTheWhole() throws {
    let text = "transformer:layers=1:width=36:heads=3:context=8"
    let whole = try NetworkSubject(text, sequences: 1, time: 5)
    let shared = try NetworkSubject(text, sequences: 1, time: 5)
    shared.weights.parameters.update(repeating: 0, count: shared.weights.layout.bufferCount)
    shared.repack(TrainingOptions())
    shared.weights.parameters.update(
      from: whole.weights.parameters, count: whole.weights.layout.bufferCount)
    for part in 0..<3 {
      shared.weights.repack(
        for: .learning(.float32), kernels: shared.kernels, part: part, of: 3)
    }
    let (loss, gradient) = whole.learn()
    let (otherLoss, otherGradient) = shared.learn()
    #expect(loss == otherLoss && gradient.elementsEqual(otherGradient))
  }

  @Test func memoryIsWhatWasSaidBefore() throws {
    for text in smallNetworks {
      let architecture = try Architecture(parsing: text)
      let weights = Weights(architecture)
      for training in [nil, TrainingOptions(dropout: 0.1)] {
        let network = architecture.makeNetwork(
          weights: weights, kernels: .best, sequences: 3, time: 4, training: training)
        #expect(
          network.memoryBytes
            == architecture.networkBytes(sequences: 3, time: 4, training: training))
      }
      #expect(
        weights.memoryBytes == architecture.weightsBytes([.coding, .learning(.float32)]))
    }
  }

  /// Layers read the weights by pointers, which somebody has to keep valid.
  @Test(arguments: smallNetworks) func aNetworkHoldsItsWeights(text: String) throws {
    weak var held: Weights?
    var network: (any Network)?
    do {
      let weights = Weights(try Architecture(parsing: text))
      network = weights.architecture.makeNetwork(
        weights: weights, kernels: .best, sequences: 1, time: 1, training: nil)
      held = weights
    }
    #expect(held != nil)
    _ = network
    network = nil
    #expect(held == nil)
  }

  /// FNV-1a over the bits of all parameters.
  private func fingerprint(_ weights: Weights) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in 0..<weights.layout.bufferCount {
      hash = (hash ^ UInt64(weights.parameters[index].bitPattern)) &* 0x100_0000_01b3
    }
    return hash
  }
}
