import BPBCore

/// The neural probabilistic language model (Bengio et al., 2003): the embeddings of the last `context` bytes side by side,
/// the latest first, hidden layers with tanh, and a linear head. What stands before the beginning of a
/// sequence is 0.
package struct MLPShape: Sendable, Hashable {
  package var context: Int
  package var embedding: Int
  package var width: Int
  package var layers: Int

  package init(context: Int, embedding: Int, width: Int, layers: Int) {
    self.context = context
    self.embedding = embedding
    self.width = width
    self.layers = layers
  }

  /// Columns of what a layer reads.
  func inputs(of layer: Int) -> Int { layer == 0 ? context * embedding : width }
}

extension MLPShape {
  static let parameters: [MethodParameter] = [
    MethodParameter(
      "context", .integer(1...256), default: "8", summary: "bytes that it looks back on"),
    MethodParameter("embedding", .integer(1...1024), default: "32", summary: "width of a byte"),
    MethodParameter("width", .integer(1...8192), default: "256", summary: "units a layer"),
    MethodParameter("layers", .integer(1...16), default: "1", summary: "hidden layers"),
  ]

  init(_ values: MethodValues) {
    self.init(
      context: values.integer("context"), embedding: values.integer("embedding"),
      width: values.integer("width"), layers: values.integer("layers"))
  }

  var text: String {
    "mlp:context=\(context):embedding=\(embedding):width=\(width):layers=\(layers)"
  }

  func check() throws(BPBError) {}
}

extension MLPShape: ArchitectureShape {
  var tiesEmbedding: Bool { false }

  var layout: ParameterLayout { MLPTensors(self).layout }

  /// Matrices with a deviation of 1/sqrt(inputs) (LeCun et al., 1998), the embedding normal.
  func initialValues(of tensor: ParameterLayout.Tensor) -> InitialValues {
    switch tensor.role {
    case .embedding: return .normal(deviation: 1)
    case .gain: return .constant(1)
    case .bias: return .constant(0)
    case .matrix, .head: return .normal(deviation: 1 / Double(tensor.shape[1]).squareRoot())
    }
  }

  var multiplyAddsPerByte: Int {
    (0..<layers).reduce(256 * width) { $0 + width * inputs(of: $1) }
  }
}

/// Offsets of a perceptron's tensors in the buffer of parameters.
struct MLPTensors {
  struct Layer {
    var weight, bias: Int
  }

  private(set) var layout = ParameterLayout()
  let embedding: Int
  private(set) var layers: [Layer] = []
  let head, headBias: Int

  init(_ shape: MLPShape) {
    embedding = layout.add("embedding.weight", [256, shape.embedding], .embedding)
    for index in 0..<shape.layers {
      layers.append(
        Layer(
          weight: layout.add(
            "hidden.\(index).weight", [shape.width, shape.inputs(of: index)], .matrix),
          bias: layout.add("hidden.\(index).bias", [shape.width], .bias)))
    }
    head = layout.add("head.weight", [256, shape.width], .head)
    headBias = layout.add("head.bias", [256], .bias)
  }
}
