/// The shape of a network that predicts the next byte: everything that is needed to make one, and nothing that is
/// learned.
///
/// Written as `transformer:layers=4:width=128:heads=4:context=256`; see `Architecture+Text.swift`.
package enum Architecture: Sendable, Hashable {
  case mlp(MLPShape)
  case gru(RecurrentShape)
  case lstm(RecurrentShape)
  case transformer(TransformerShape)

  /// The shape, as what all shapes have in common.
  var shape: any ArchitectureShape {
    switch self {
    case .mlp(let shape): shape
    case .gru(let shape), .lstm(let shape): shape
    case .transformer(let shape): shape
    }
  }

  /// Where each tensor lies in the buffer of parameters.
  package var parameterLayout: ParameterLayout { shape.layout }

  /// A network that reads `weights` and holds them, to be used from one thread at a time.
  ///
  /// `weights` must be packed for what the network is asked to do: see `Weights.repack`.
  /// - Parameters:
  ///   - sequences: how many sequences it reads at once.
  ///   - time: bytes of each in one call of `learn`, and at most as many in one call of `extend`; no more than
  ///     the context of a transformer.
  ///   - training: nil for a network that is never asked to `learn`: it takes less memory.
  package func makeNetwork(
    weights: Weights, kernels: Kernels, sequences: Int, time: Int, training: TrainingOptions?
  ) -> any Network {
    precondition(weights.architecture == self, "weights of another architecture")
    precondition(sequences > 0 && time > 0, "a network needs a sequence and a byte at least")
    weights.reserve(.coding)
    if let training {
      precondition(training.precision.isSupported(by: kernels), "no products in this precision")
      weights.reserve(.learning(training.precision))
    }
    let plan = NetworkPlan(kernels: kernels, sequences: sequences, time: time, training: training)
    return shape.makeNetwork(weights, plan)
  }
}

extension Architecture {
  /// The multi-layer perceptron of `MLPShape`.
  package static func mlp(context: Int, embedding: Int, width: Int, layers: Int) -> Architecture {
    .mlp(MLPShape(context: context, embedding: embedding, width: width, layers: layers))
  }

  /// The gated recurrent units of `RecurrentShape`.
  package static func gru(embedding: Int, width: Int, layers: Int) -> Architecture {
    .gru(RecurrentShape(cell: .gru, embedding: embedding, width: width, layers: layers))
  }

  /// The long short-term memory of `RecurrentShape`.
  package static func lstm(embedding: Int, width: Int, layers: Int) -> Architecture {
    .lstm(RecurrentShape(cell: .lstm, embedding: embedding, width: width, layers: layers))
  }

  /// The transformer of `TransformerShape`, with its options at their defaults.
  package static func transformer(
    layers: Int, width: Int, heads: Int, context: Int
  ) -> Architecture {
    .transformer(TransformerShape(layers: layers, width: width, heads: heads, context: context))
  }
}
