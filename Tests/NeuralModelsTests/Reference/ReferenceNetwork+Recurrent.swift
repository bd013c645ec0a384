import NeuralModels

extension ReferenceNetwork {
  mutating func recurrent(_ shape: RecurrentShape, _ bytes: [UInt8]) -> [Reals] {
    if states.isEmpty {
      states = (0..<shape.layers).map { _ in
        Reals(repeating: tape.number(0), count: 2 * shape.width)
      }
    }
    return bytes.map { byte in
      var x = embedding(byte)
      for layer in 0..<shape.layers {
        states[layer] = recurrentStep(shape, layer: layer, x, states[layer])
        x = Array(states[layer][..<shape.width])
      }
      return linear("head.weight", x, bias: "head.bias")
    }
  }

  /// The state and the cell of a layer after it has read x, from those before.
  func recurrentStep(_ shape: RecurrentShape, layer: Int, _ x: Reals, _ before: Reals) -> Reals {
    let h = Array(before[..<shape.width])
    let cell = Array(before[shape.width...])
    let ofX = linear("rnn.weight_ih_l\(layer)", x, bias: "rnn.bias_ih_l\(layer)")
    let ofH = linear("rnn.weight_hh_l\(layer)", h, bias: "rnn.bias_hh_l\(layer)")
    return shape.cell == .gru ? gru(ofX, ofH, h) + cell : lstm(add(ofX, ofH), cell)
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
