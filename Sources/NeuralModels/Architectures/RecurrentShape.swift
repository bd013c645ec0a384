import BPBCore

/// Gated recurrent units (Cho et al., 2014) or long short-term memory (Hochreiter and Schmidhuber, 1997), exactly as PyTorch's
/// `GRU` and `LSTM` define them and with its tensors; from an embedding, and with a linear head:
///
///     GRU:   r, z = sigmoid(W x + b + U h + c);  n = tanh(W x + b + r (U h + c));  h = (1 - z) n + z h
///     LSTM:  i, f, o = sigmoid(W x + b + U h + c);  g = tanh(W x + b + U h + c);  s = f s + i g;  h = o tanh(s)
package struct RecurrentShape: Sendable, Hashable {
  package enum Cell: String, Sendable, Hashable {
    case gru, lstm
    /// Blocks of `width` rows in its matrices.
    var gates: Int { self == .gru ? 3 : 4 }
  }

  package var cell: Cell
  package var embedding: Int
  package var width: Int
  package var layers: Int

  package init(cell: Cell, embedding: Int, width: Int, layers: Int) {
    self.cell = cell
    self.embedding = embedding
    self.width = width
    self.layers = layers
  }

  /// Columns of what a layer reads.
  func inputs(of layer: Int) -> Int { layer == 0 ? embedding : width }
}

extension RecurrentShape {
  static let parameters: [MethodParameter] = [
    MethodParameter("width", .integer(1...8192), default: "256", summary: "units a layer"),
    MethodParameter("layers", .integer(1...16), default: "1", summary: "layers"),
    MethodParameter("embedding", .integer(1...4096), default: "64", summary: "width of a byte"),
  ]

  init(cell: Cell, _ values: MethodValues) {
    self.init(
      cell: cell, embedding: values.integer("embedding"), width: values.integer("width"),
      layers: values.integer("layers"))
  }

  var text: String {
    "\(cell.rawValue):width=\(width):layers=\(layers):embedding=\(embedding)"
  }

  func check() throws(BPBError) {}
}

extension RecurrentShape: ArchitectureShape {
  var tiesEmbedding: Bool { false }

  var layout: ParameterLayout { RecurrentTensors(self).layout }

  /// Matrices begin uniform with a deviation of 1/sqrt(inputs) (LeCun et al., 1998), the embedding normal, biases
  /// at 0, and an LSTM's forget gates open, at 1 (Jozefowicz et al., 2015). PyTorch's own choice, uniform within 1/sqrt(width), learns
  /// much more slowly: 2.79 against 2.51 bits per byte after 1.2 million bytes of tinyshakespeare (GRU, width 256).
  func initialValues(of tensor: ParameterLayout.Tensor) -> InitialValues {
    switch tensor.role {
    case .embedding: return .normal(deviation: 1)
    case .gain: return .constant(1)
    case .matrix, .head: return .uniform(bound: (3 / Double(tensor.shape[1])).squareRoot())
    case .bias:
      let hasForgetGate = cell == .lstm && tensor.name.contains("bias_ih")
      return hasForgetGate ? .constantIn(width..<2 * width, 1) : .constant(0)
    }
  }

  var multiplyAddsPerByte: Int {
    (0..<layers).reduce(256 * width) {
      $0 + cell.gates * width * (inputs(of: $1) + width)
    }
  }
}

/// Offsets of a recurrent network's tensors in the buffer of parameters.
struct RecurrentTensors {
  struct Layer {
    var inputWeight, stateWeight, inputBias, stateBias: Int
  }

  private(set) var layout = ParameterLayout()
  let embedding: Int
  private(set) var layers: [Layer] = []
  let head, headBias: Int

  init(_ shape: RecurrentShape) {
    let rows = shape.cell.gates * shape.width
    embedding = layout.add("embedding.weight", [256, shape.embedding], .embedding)
    for index in 0..<shape.layers {
      layers.append(
        Layer(
          inputWeight: layout.add(
            "rnn.weight_ih_l\(index)", [rows, shape.inputs(of: index)], .matrix),
          stateWeight: layout.add("rnn.weight_hh_l\(index)", [rows, shape.width], .matrix),
          inputBias: layout.add("rnn.bias_ih_l\(index)", [rows], .bias),
          stateBias: layout.add("rnn.bias_hh_l\(index)", [rows], .bias)))
    }
    head = layout.add("head.weight", [256, shape.width], .head)
    headBias = layout.add("head.bias", [256], .bias)
  }
}
