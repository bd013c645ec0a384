import CKernels

/// The transformer of `TransformerShape`, over the kernels.
final class TransformerNetwork: Network {
  let shape: TransformerShape
  let sequences: Int
  let time: Int
  let kernels: UnsafePointer<bpb_kernels>
  let arena: Arena
  let memory: TransformerMemory

  let embedding: LookbackEmbedding
  let embeddingNorm: RMSNorm
  let attention: [AttentionLayer]
  let feedForward: [FeedForwardLayer]
  let norm: RMSNorm
  let head: Head

  /// Bytes of each sequence that `extend` was fed.
  var filled = 0

  init(_ shape: TransformerShape, _ plan: NetworkPlan) {
    precondition(plan.time <= shape.context, "more bytes than the transformer's context")
    self.shape = shape
    (sequences, time, kernels) = (plan.sequences, plan.time, plan.kernels.table)
    arena = Arena(
      bytes: shape.networkBytes(
        sequences: plan.sequences, time: plan.time, training: plan.training))
    var slices = arena.slices
    memory = TransformerMemory(
      shape, kernels: plan.kernels, sequences: plan.sequences, time: plan.time,
      training: plan.training, slices: &slices)
    memory.rotary.fill(positions: shape.context, pairs: shape.headWidth / 2)

    let tensors = TransformerTensors(shape)
    let width = shape.width
    embedding = LookbackEmbedding(
      columns: width, tables: tensors.embeddings, plan.weights, plan.kernels)
    embeddingNorm = RMSNorm(columns: width, gain: nil, plan.weights, plan.kernels)
    norm = RMSNorm(columns: width, gain: tensors.norm, plan.weights, plan.kernels)
    head = Head(
      linear: Linear(plan.weights, inputs: width, outputs: 256, weight: tensors.head))
    let rotary = memory.rotary
    attention = tensors.layers.indices.map {
      AttentionLayer(shape, tensors.layers[$0], site: 1 + 2 * $0, rotary: rotary, plan)
    }
    feedForward = tensors.layers.indices.map {
      FeedForwardLayer(shape, tensors.layers[$0], site: 2 + 2 * $0, plan)
    }
  }

  var capacity: Int? { shape.context }
  func reset() { filled = 0 }
  var memoryBytes: Int { arena.bytes }
}

extension TransformerShape {
  func makeNetwork(_ plan: NetworkPlan) -> any Network { TransformerNetwork(self, plan) }

  func networkBytes(sequences: Int, time: Int, training: TrainingOptions?) -> Int {
    var slices = ArenaSlices(nil)
    _ = TransformerMemory(
      self, kernels: .best, sequences: sequences, time: time, training: training, slices: &slices)
    return slices.bytes
  }
}

extension AttentionLayer {
  init(
    _ shape: TransformerShape, _ tensors: TransformerTensors.Layer, site: Int,
    rotary: RotaryPositions, _ plan: NetworkPlan
  ) {
    let width = shape.width
    heads = shape.heads
    norm = RMSNorm(columns: width, gain: tensors.norm1, plan.weights, plan.kernels)
    qkv = Linear(plan.weights, inputs: width, outputs: 3 * width, weight: tensors.qkv)
    headNorm = RMSNorm(columns: shape.headWidth, gain: nil, plan.weights, plan.kernels)
    self.rotary = rotary
    out = Residual(
      linear: Linear(plan.weights, inputs: width, outputs: width, weight: tensors.out), site: site)
    kernels = plan.kernels.table
  }
}

extension FeedForwardLayer {
  init(
    _ shape: TransformerShape, _ tensors: TransformerTensors.Layer, site: Int, _ plan: NetworkPlan
  ) {
    let (width, inner) = (shape.width, shape.innerWidth)
    norm = RMSNorm(columns: width, gain: tensors.norm2, plan.weights, plan.kernels)
    up = Linear(plan.weights, inputs: width, outputs: inner, weight: tensors.up)
    down = Residual(
      linear: Linear(plan.weights, inputs: inner, outputs: width, weight: tensors.down), site: site)
    activation = shape.activation == .gelu ? BPB_GELU : BPB_RELU_SQUARED
  }
}
