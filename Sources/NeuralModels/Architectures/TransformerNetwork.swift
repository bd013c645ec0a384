import CKernels

/// The transformer of `TransformerShape`, over the kernels.
final class TransformerNetwork: Network {
  let shape: TransformerShape
  /// Held for as long as the layers read them.
  private let weights: Weights
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

  init(_ shape: TransformerShape, _ weights: Weights, _ plan: NetworkPlan) {
    precondition(plan.time <= shape.context, "more bytes than the transformer's context")
    (self.shape, self.weights) = (shape, weights)
    (sequences, time, kernels) = (plan.sequences, plan.time, plan.kernels.table)
    (arena, memory) = Arena.make { TransformerMemory(shape, plan, slices: &$0) }
    memory.rotary.fill(positions: shape.context, pairs: shape.headWidth / 2)

    let tensors = TransformerTensors(shape)
    let width = shape.width
    embedding = LookbackEmbedding(
      columns: width, tables: tensors.embeddings, weights, plan.kernels)
    embeddingNorm = RMSNorm(columns: width, gain: nil, weights, plan.kernels)
    norm = RMSNorm(columns: width, gain: tensors.norm, weights, plan.kernels)
    head = Head(
      linear: Linear(weights, inputs: width, outputs: 256, weight: tensors.head))
    let rotary = memory.rotary
    attention = tensors.layers.indices.map {
      AttentionLayer(
        shape, tensors.layers[$0], site: 1 + 2 * $0, rotary: rotary, weights, plan.kernels)
    }
    feedForward = tensors.layers.indices.map {
      FeedForwardLayer(shape, tensors.layers[$0], site: 2 + 2 * $0, weights, plan.kernels)
    }
  }

  var capacity: Int? { shape.context }
  func reset() { filled = 0 }
  var memoryBytes: Int { arena.bytes }
}

extension TransformerShape {
  func makeNetwork(_ weights: Weights, _ plan: NetworkPlan) -> any Network {
    TransformerNetwork(self, weights, plan)
  }

  func networkBytes(_ plan: NetworkPlan) -> Int {
    ArenaSlices.bytes { TransformerMemory(self, plan, slices: &$0) }
  }
}

extension AttentionLayer {
  init(
    _ shape: TransformerShape, _ tensors: TransformerTensors.Layer, site: Int,
    rotary: RotaryPositions, _ weights: Weights, _ kernels: Kernels
  ) {
    let width = shape.width
    heads = shape.heads
    norm = RMSNorm(columns: width, gain: tensors.norm1, weights, kernels)
    qkv = Linear(weights, inputs: width, outputs: 3 * width, weight: tensors.qkv)
    headNorm = RMSNorm(columns: shape.headWidth, gain: nil, weights, kernels)
    self.rotary = rotary
    out = Residual(
      linear: Linear(weights, inputs: width, outputs: width, weight: tensors.out), site: site)
    self.kernels = kernels.table
  }
}

extension FeedForwardLayer {
  init(
    _ shape: TransformerShape, _ tensors: TransformerTensors.Layer, site: Int,
    _ weights: Weights, _ kernels: Kernels
  ) {
    let (width, inner) = (shape.width, shape.innerWidth)
    norm = RMSNorm(columns: width, gain: tensors.norm2, weights, kernels)
    up = Linear(weights, inputs: width, outputs: inner, weight: tensors.up)
    down = Residual(
      linear: Linear(weights, inputs: inner, outputs: width, weight: tensors.down), site: site)
    activation = shape.activation == .gelu ? BPB_GELU : BPB_RELU_SQUARED
  }
}
