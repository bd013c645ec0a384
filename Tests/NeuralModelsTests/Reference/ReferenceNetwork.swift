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

  init(_ weights: Weights) {
    architecture = weights.architecture
    layout = weights.layout
    parameters = (0..<layout.bufferCount).map { tape.number(Double(weights.parameters[$0])) }
  }

  /// The tensor called `name`, row-major.
  func tensor(_ name: String) -> Reals {
    let tensor = layout.tensors.first { $0.name == name }!
    return Array(parameters[tensor.offset..<tensor.offset + tensor.count])
  }

  /// W x (+ b) with W [outputs][inputs] called `name`.weight.
  func linear(_ name: String, _ x: Reals, bias: String? = nil) -> Reals {
    let weight = tensor(name)
    let products = (0..<weight.count / x.count).map {
      dot(weight[$0 * x.count..<($0 + 1) * x.count], x)
    }
    return bias.map { add(products, tensor($0)) } ?? products
  }

  func embedding(_ byte: UInt8, _ name: String = "embedding.weight") -> Reals {
    let table = tensor(name)
    let columns = table.count / 256
    return Array(table[Int(byte) * columns..<(Int(byte) + 1) * columns])
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
    zip(logits(bytes), targets).map { logits, target in
      softmax(logits)[Int(target)].logarithm * -1
    }
  }

  /// The derivative of `loss` by each parameter, by offset.
  func gradient(of loss: Real) -> [Double] {
    let all = tape.gradient(of: loss)
    return parameters.map { all[$0.index] }
  }
}

extension ReferenceNetwork {
  fileprivate func mlp(_ shape: MLPShape, _ bytes: [UInt8]) -> [Reals] {
    let nothing = Reals(repeating: tape.number(0), count: shape.embedding)
    return bytes.indices.map { t in
      var x = (0..<shape.context).flatMap { $0 <= t ? embedding(bytes[t - $0]) : nothing }
      for layer in 0..<shape.layers {
        x = linear("hidden.\(layer).weight", x, bias: "hidden.\(layer).bias")
          .map(\.hyperbolicTangent)
      }
      return linear("head.weight", x, bias: "head.bias")
    }
  }

  fileprivate mutating func recurrent(_ shape: RecurrentShape, _ bytes: [UInt8]) -> [Reals] {
    let width = shape.width
    if states.isEmpty {
      states = (0..<shape.layers).map { _ in Reals(repeating: tape.number(0), count: 2 * width) }
    }
    return bytes.map { byte in
      var x = embedding(byte)
      for layer in 0..<shape.layers {
        let h = Array(states[layer][..<width])
        let ofX = linear("rnn.weight_ih_l\(layer)", x, bias: "rnn.bias_ih_l\(layer)")
        let ofH = linear("rnn.weight_hh_l\(layer)", h, bias: "rnn.bias_hh_l\(layer)")
        let cell = Array(states[layer][width...])
        states[layer] =
          shape.cell == .gru ? gru(ofX, ofH, h) + cell : lstm(add(ofX, ofH), cell)
        x = Array(states[layer][..<width])
      }
      return linear("head.weight", x, bias: "head.bias")
    }
  }

  /// h = (1 - z) n + z h
  private func gru(_ ofX: Reals, _ ofH: Reals, _ h: Reals) -> Reals {
    h.indices.map { i in
      let r = (ofX[i] + ofH[i]).sigmoid
      let z = (ofX[h.count + i] + ofH[h.count + i]).sigmoid
      let n = (ofX[2 * h.count + i] + r * ofH[2 * h.count + i]).hyperbolicTangent
      return (z * -1 + 1) * n + z * h[i]
    }
  }

  /// h = o tanh(s), and s = f s + i g.
  private func lstm(_ gates: Reals, _ cell: Reals) -> Reals {
    let width = cell.count
    let next = (0..<width).map { i in
      gates[width + i].sigmoid * cell[i] + gates[i].sigmoid
        * gates[2 * width + i].hyperbolicTangent
    }
    return (0..<width).map { gates[3 * width + $0].sigmoid * next[$0].hyperbolicTangent } + next
  }
}
