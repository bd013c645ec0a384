import BPBCore

/// A transformer that predicts each byte from those before it (Vaswani et al., 2017), in the form that small
/// models have settled on since:
///
///     x = norm(embedding[byte] + lookback.1[byte before] ...)   norm: x / sqrt(mean x^2 + 1e-6)
///     for each layer:
///       q, k, v = norm(x) gain1 · qkv                           no biases anywhere
///       q, k = rotate(norm(q)), rotate(norm(k))                 norms per head, without gains
///       x += softmax(q k / sqrt(head width), causal) v · out
///       x += relu(norm(x) gain2 · up)^2 · down                  up is four times as wide
///     logits = norm(x) gain · embedding
///
/// Root-mean-square norms before each part (Zhang and Sennrich, 2019; Xiong et al., 2020), rotary positions with base
/// 10,000 that pair element d with d + half (Su et al., 2021), normalised queries and keys (Henry et al., 2020), squared ReLU
/// (So et al., 2021), the embedding's table as the head (Press and Wolf, 2017).
package struct TransformerShape: Sendable, Hashable {
  /// What stands between the two products of the feed-forward part.
  package enum Activation: String, Sendable, Hashable, CaseIterable {
    case reluSquared = "relu2"
    case gelu
  }

  package var layers: Int
  package var width: Int
  package var heads: Int
  /// The most bytes that a sequence can hold.
  package var context: Int
  package var activation: Activation = .reluSquared
  /// Whether the head is the embedding's table (true) or a matrix of its own.
  package var isTied = true
  /// How many bytes before each one have an embedding of their own, by distance, which is added to the byte's. What is
  /// one step away then need not be found by attention; it costs parameters and no products.
  package var lookback = 0

  package init(layers: Int, width: Int, heads: Int, context: Int) {
    self.layers = layers
    self.width = width
    self.heads = heads
    self.context = context
  }

  /// Columns of one head.
  var headWidth: Int { width / heads }
  /// Columns of the feed-forward part.
  var innerWidth: Int { 4 * width }
}

extension TransformerShape {
  static let parameters: [MethodParameter] = [
    MethodParameter("layers", .integer(1...64), default: "4", summary: "layers"),
    MethodParameter("width", .integer(2...8192), default: "128", summary: "width of a layer"),
    MethodParameter("heads", .integer(1...64), default: "4", summary: "attention heads a layer"),
    MethodParameter(
      "context", .integer(1...4096), default: "256", summary: "bytes that it looks back on"),
    MethodParameter(
      "activation", .choice(Activation.allCases.map(\.rawValue)), default: "relu2",
      summary: "between the two products of the feed-forward part"),
    MethodParameter(
      "head", .choice(["tied", "own"]), default: "tied",
      summary: "whether logits come from the embedding's table or a matrix of their own"),
    MethodParameter(
      "lookback", .integer(0...8), default: "0",
      summary: "bytes before each one whose embeddings are added to its own"),
  ]

  init(_ values: MethodValues) {
    self.init(
      layers: values.integer("layers"), width: values.integer("width"),
      heads: values.integer("heads"), context: values.integer("context"))
    activation = Activation(rawValue: values.text("activation")!)!
    isTied = values.text("head") == "tied"
    lookback = values.integer("lookback")
  }

  var text: String {
    var text = "transformer:layers=\(layers):width=\(width):heads=\(heads):context=\(context)"
    if activation != .reluSquared { text += ":activation=\(activation.rawValue)" }
    if !isTied { text += ":head=own" }
    if lookback > 0 { text += ":lookback=\(lookback)" }
    return text
  }

  func check() throws(BPBError) {
    guard width.isMultiple(of: 2 * heads) else {
      throw BPBError(
        .usage, "its width, \(width), cannot be shared out in even parts among \(heads) heads",
        advice: "the width is a multiple of twice the number of heads, such as "
          + "\(max(1, width / (2 * heads)) * 2 * heads)")
    }
  }
}

extension TransformerShape: ArchitectureShape {
  var tiesEmbedding: Bool { isTied }

  var layout: ParameterLayout { TransformerTensors(self).layout }

  /// Matrices begin with a deviation of 1/sqrt(inputs), those that add to the residual stream with 1/sqrt(2 layers) of
  /// that, so that its variance does not grow with depth (Radford et al., 2019); tables with 1/sqrt(width), so that logits
  /// of a tied head have a deviation of 1. With 0.3 of that the first loss is lower, and the loss after 400 steps
  /// higher by 0.04 bits per byte.
  func initialValues(of tensor: ParameterLayout.Tensor) -> InitialValues {
    let inputs = Double(tensor.shape.last!)
    switch tensor.role {
    case .gain: return .constant(1)
    case .bias: return .constant(0)
    case .embedding: return .normal(deviation: 1 / inputs.squareRoot())
    case .matrix, .head:
      let isResidual = tensor.name.hasSuffix("out.weight") || tensor.name.hasSuffix("down.weight")
      let depth = isResidual ? Double(2 * layers) : 1
      return .normal(deviation: 1 / (inputs * depth).squareRoot())
    }
  }

  /// q, k, v and out: 4 width^2; up and down: 8 width^2; the head: 256 width.
  var multiplyAddsPerByte: Int { layers * 12 * width * width + 256 * width }

  /// Scores and the weighted sum of values: 2 width for each of (time + 1) / 2 keys, on average.
  func attentionMultiplyAddsPerByte(time: Int) -> Double {
    Double(layers * width) * Double(time + 1)
  }
}

/// Offsets of a transformer's tensors in the buffer of parameters.
struct TransformerTensors {
  struct Layer {
    var norm1, qkv, out, norm2, up, down: Int
  }

  private(set) var layout = ParameterLayout()
  /// Of the byte itself, then by distance.
  private(set) var embeddings: [Int] = []
  private(set) var layers: [Layer] = []
  let norm: Int
  /// The embedding where the two are tied.
  let head: Int

  init(_ shape: TransformerShape) {
    let width = shape.width
    embeddings.append(layout.add("embedding.weight", [256, width], .embedding))
    for back in stride(from: 1, through: shape.lookback, by: 1) {
      embeddings.append(layout.add("lookback.\(back).weight", [256, width], .embedding))
    }
    for index in 0..<shape.layers {
      let name = "layers.\(index)"
      layers.append(
        Layer(
          norm1: layout.add("\(name).norm1.weight", [width], .gain),
          qkv: layout.add("\(name).attention.qkv.weight", [3 * width, width], .matrix),
          out: layout.add("\(name).attention.out.weight", [width, width], .matrix),
          norm2: layout.add("\(name).norm2.weight", [width], .gain),
          up: layout.add("\(name).mlp.up.weight", [shape.innerWidth, width], .matrix),
          down: layout.add("\(name).mlp.down.weight", [width, shape.innerWidth], .matrix)))
    }
    norm = layout.add("norm.weight", [width], .gain)
    head = shape.isTied ? embeddings[0] : layout.add("head.weight", [256, width], .head)
  }
}
