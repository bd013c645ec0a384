import BPBCore

/// What every kind of network says about itself.
protocol ArchitectureShape: Sendable, Hashable {
  /// The shape as text, from which `Architecture(parsing:)` makes it again.
  var text: String { get }
  /// - Throws: `usage` for sizes that do not fit together.
  func check() throws(BPBError)

  /// Units of a layer.
  var width: Int { get }
  var layout: ParameterLayout { get }
  /// What a tensor holds before it has learned anything.
  func initialValues(of tensor: ParameterLayout.Tensor) -> InitialValues
  /// Whether the embedding's table also maps the last layer to logits.
  var tiesEmbedding: Bool { get }

  /// Multiply-adds of one byte's way through the network, in products with parameters.
  var multiplyAddsPerByte: Int { get }
  /// Multiply-adds per byte in products of activations by activations, in sequences of `time` bytes.
  func attentionMultiplyAddsPerByte(time: Int) -> Double

  /// A network that holds `weights`.
  func makeNetwork(_ weights: Weights, _ plan: NetworkPlan) -> any Network
  /// Bytes that `makeNetwork` would allocate.
  func networkBytes(_ plan: NetworkPlan) -> Int
}

extension ArchitectureShape {
  func attentionMultiplyAddsPerByte(time: Int) -> Double { 0 }
}

/// What a network is made for.
struct NetworkPlan {
  var kernels: Kernels
  var sequences: Int
  var time: Int
  var training: TrainingOptions?

  /// Rows of a matrix that has one for each byte of a batch.
  var rows: Int { sequences * time }
}
