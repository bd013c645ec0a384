extension Architecture {
  /// All parameters.
  package var parameterCount: Int { parameterLayout.parameterCount }

  /// Parameters without the embedding's table, which is how scaling laws count them (Kaplan et al., 2020). A table that
  /// also serves as the head is left out; a head of its own is counted.
  package var nonEmbeddingParameterCount: Int {
    parameterLayout.tensors.reduce(0) { $0 + ($1.role == .embedding ? 0 : $1.count) }
  }

  /// Floating-point operations of the matrix products, two for each multiply-add, for one byte of a
  /// sequence of `time` bytes.
  ///
  /// For each matrix of parameters, [outputs][inputs], that an activation is multiplied by: 2 outputs
  /// inputs. A byte at position t of a transformer also multiplies t + 1 keys and values in each layer: on average 2 width
  /// (time + 1) a layer. Looking up an embedding is no product.
  package func forwardFLOPsPerByte(time: Int) -> Double {
    2 * (Double(shape.multiplyAddsPerByte) + shape.attentionMultiplyAddsPerByte(time: time))
  }

  /// The same for a byte that is learned from: each product has two more in the backward pass, one for the gradient
  /// of either factor.
  package func trainingFLOPsPerByte(time: Int) -> Double { 3 * forwardFLOPsPerByte(time: time) }

  /// Bytes that one network takes, without the weights.
  package func networkBytes(sequences: Int, time: Int, training: TrainingOptions?) -> Int {
    // Which kernels does not matter: all need the same room.
    shape.networkBytes(
      NetworkPlan(kernels: .best, sequences: sequences, time: time, training: training))
  }

  /// Bytes that the weights take with the packed copies for these uses.
  package func weightsBytes(_ uses: [Weights.Use]) -> Int {
    Weights.bytes(of: self, uses: uses)
  }
}
