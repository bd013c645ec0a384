import NeuralModels

/// What a network computes, written down as its definition says, in double precision: the judge of the fast one.
///
/// A sequence at a time; `states` is what a recurrent network carries on.
struct ReferenceNetwork {
  let tape = Tape()
  let architecture: Architecture
  private let layout: ParameterLayout
  /// By offset in the buffer of parameters.
  private var parameters: Reals = []
  /// Of each layer, of the sequence that is being read: h, or h and the cell.
  var states: [Reals] = []

  /// A network of the same shape and, where nothing else is given, the same parameters.
  init(_ weights: Weights, parameters values: [Double]? = nil) {
    architecture = weights.architecture
    layout = weights.layout
    parameters = (0..<layout.bufferCount).map {
      tape.number(values?[$0] ?? Double(weights.parameters[$0]))
    }
  }

  /// The tensor called `name`, row-major.
  func tensor(_ name: String) -> ArraySlice<Real> {
    let tensor = layout.tensors.first { $0.name == name }!
    return parameters[tensor.offset..<tensor.offset + tensor.count]
  }

  /// W x (+ b) with W [outputs][inputs] called `name`.weight.
  func linear(_ name: String, _ x: Reals, bias: String? = nil) -> Reals {
    let weight = tensor(name)
    let products = stride(from: weight.startIndex, to: weight.endIndex, by: x.count).map {
      dot(weight[$0..<$0 + x.count], x)
    }
    return bias.map { add(products, tensor($0)) } ?? products
  }

  func embedding(_ byte: UInt8, _ name: String = "embedding.weight") -> Reals {
    let table = tensor(name)
    let columns = table.count / 256
    let start = table.startIndex + Int(byte) * columns
    return Array(table[start..<start + columns])
  }

  /// The 256 logits after each byte of a sequence.
  mutating func logits(_ bytes: [UInt8]) -> [Reals] {
    switch architecture {
    case .mlp(let shape): mlp(shape, bytes)
    case .gru(let shape), .lstm(let shape): recurrent(shape, bytes)
    case .transformer(let shape): transformer(shape, bytes)
    }
  }

  /// The loss of each target, in nats.
  mutating func losses(_ bytes: [UInt8], targets: [UInt8]) -> Reals {
    crossEntropy(logits(bytes), targets: targets)
  }

  /// The derivative of `loss` by each parameter, by offset.
  func gradient(of loss: Real) -> [Double] {
    let all = tape.gradient(of: loss)
    return parameters.map { all[$0.index] }
  }
}

/// The loss of each target in nats, from the 256 logits of each.
func crossEntropy(_ logits: [Reals], targets: [UInt8]) -> Reals {
  zip(logits, targets).map { logits, target in softmax(logits)[Int(target)].logarithm * -1 }
}

extension ReferenceNetwork {
  fileprivate func mlp(_ shape: MLPShape, _ bytes: [UInt8]) -> [Reals] {
    contextEmbedding(bytes, context: shape.context, columns: shape.embedding).map { x in
      let last = (0..<shape.layers).reduce(x) { x, layer in
        linear("hidden.\(layer).weight", x, bias: "hidden.\(layer).bias")
          .map(\.hyperbolicTangent)
      }
      return linear("head.weight", last, bias: "head.bias")
    }
  }

  /// The embeddings of each byte and those before it, the latest first, 0 for what there is none of.
  func contextEmbedding(_ bytes: [UInt8], context: Int, columns: Int) -> [Reals] {
    let nothing = Reals(repeating: tape.number(0), count: columns)
    return bytes.indices.map { t in
      (0..<context).flatMap { $0 <= t ? embedding(bytes[t - $0]) : nothing }
    }
  }
}
