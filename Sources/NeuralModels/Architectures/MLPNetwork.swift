import CKernels

/// The perceptron of `MLPShape`, over the kernels.
final class MLPNetwork: Network {
  private let shape: MLPShape
  /// Held for as long as the layers read them.
  private let weights: Weights
  private let sequences: Int
  private let time: Int
  private let kernels: UnsafePointer<bpb_kernels>
  private let arena: Arena
  private let memory: MLPMemory
  private let dropout: Dropout
  private let embedding: ContextEmbedding
  private let layers: [Linear]
  private let head: Head

  /// Bytes of each sequence that `extend` was fed, as far as they matter.
  private var known = 0

  init(_ shape: MLPShape, _ weights: Weights, _ plan: NetworkPlan) {
    (self.shape, self.weights) = (shape, weights)
    (sequences, time, kernels) = (plan.sequences, plan.time, plan.kernels.table)
    (arena, memory) = Arena.make { MLPMemory(shape, plan, slices: &$0) }
    dropout = Dropout(plan.training?.dropout ?? 0, plan.kernels)
    let tensors = MLPTensors(shape)
    embedding = ContextEmbedding(
      context: shape.context, columns: shape.embedding,
      table: UnsafePointer(weights.parameters + tensors.embedding),
      offset: tensors.embedding, kernels: plan.kernels.table)
    layers = tensors.layers.indices.map {
      Linear(
        weights, inputs: shape.inputs(of: $0), outputs: shape.width,
        weight: tensors.layers[$0].weight, bias: tensors.layers[$0].bias)
    }
    head = Head(
      linear: Linear(
        weights, inputs: shape.width, outputs: 256, weight: tensors.head,
        bias: tensors.headBias))
  }

  var capacity: Int? { nil }
  func reset() { known = 0 }
  var memoryBytes: Int { arena.bytes }
}

extension MLPNetwork {
  func learn(
    inputs: UnsafePointer<UInt8>, targets: UnsafePointer<UInt8>, gradientScale: Float,
    dropoutSeed: UInt64, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    guard let room = memory.head else { preconditionFailure("not made for learning") }
    reset()
    var loss = 0.0
    for sequence in 0..<sequences {
      let bytes = inputs + sequence * time
      let seed = dropoutSeed &+ UInt64(sequence) &* 0x9E6C_63D0_876A_9A63
      (memory.window + shape.context - 1).update(from: bytes, count: time)
      embedding.forward(memory.window, time: time, known: 0, into: memory.embedded)
      let last = forward(rows: time, seed: seed, by: memory.products)
      loss += head.learn(
        last, targets: targets + sequence * time, rows: time, scale: gradientScale,
        into: memory.dHidden, room, gradient: gradient, by: memory.products)
      if gradientScale != 0 { backward(bytes, seed: seed, gradient: gradient) }
    }
    return loss
  }

  func extend(
    by bytes: UnsafePointer<UInt8>, time count: Int, logits: UnsafeMutablePointer<Float>?
  ) {
    precondition(count <= time, "more bytes than the network was made for")
    let group = min(sequences, MLPMemory.group(sequences: sequences, time: time) * time / count)
    for first in stride(from: 0, to: sequences, by: group) {
      let part = first..<min(first + group, sequences)
      for (index, sequence) in part.enumerated() {
        embed(bytes + sequence * count, of: sequence, time: count, row: index * count)
      }
      guard let logits else { continue }
      let (rows, exact) = (part.count * count, memory.products.exact)
      let last = forward(rows: rows, seed: nil, by: exact)
      head.linear.forward(last, rows: rows, into: logits + first * count * 256, by: exact)
    }
    known = min(known + count, shape.context - 1)
  }

  /// Embeds the next `count` bytes of a sequence from row `row` on, and remembers the last ones.
  private func embed(_ bytes: UnsafePointer<UInt8>, of sequence: Int, time count: Int, row: Int) {
    let before = shape.context - 1
    let history = memory.history + sequence * before
    memory.window.update(from: history, count: before)
    (memory.window + before).update(from: bytes, count: count)
    embedding.forward(
      memory.window, time: count, known: known, into: memory.embedded + row * shape.inputs(of: 0))
    history.update(from: memory.window + count, count: before)
  }

  /// The last layer [rows][width] from `memory.embedded`; nothing is dropped without a seed.
  private func forward(rows: Int, seed: UInt64?, by products: Products) -> UnsafePointer<Float> {
    var x = UnsafePointer(memory.embedded)
    for (index, layer) in layers.enumerated() {
      let hidden = memory.hidden[index]
      layer.forward(
        x, rows: rows, into: hidden,
        .activated(BPB_TANH, sums: seed == nil ? nil : memory.sums[index]), by: products)
      if let seed { dropout.apply(hidden, count: rows * shape.width, seed: seed, site: index) }
      x = UnsafePointer(hidden)
    }
    return x
  }

  /// Adds to `gradient` what follows from `memory.dHidden`, the gradient of what the head has read.
  private func backward(_ bytes: UnsafePointer<UInt8>, seed: UInt64, gradient: Floats) {
    let count = time * shape.width
    var (dy, other) = (memory.dHidden, memory.dBelow)
    for index in layers.indices.reversed() {
      let layer = layers[index]
      dropout.apply(dy, count: count, seed: seed, site: index)
      kernels.pointee.activate_backward(
        Int32(BPB_TANH.rawValue), count, memory.sums[index], dy, dy)
      let x = index == 0 ? memory.embedded : memory.hidden[index - 1]
      layer.addGradient(dy, x, rows: time, to: gradient, by: memory.products)
      layer.backward(
        dy, rows: time, into: index == 0 ? memory.dEmbedded : other, by: memory.products)
      (dy, other) = (other, dy)
    }
    embedding.backward(bytes, time: time, memory.dEmbedded, gradient: gradient)
  }
}

extension MLPShape {
  func makeNetwork(_ weights: Weights, _ plan: NetworkPlan) -> any Network {
    MLPNetwork(self, weights, plan)
  }

  func networkBytes(_ plan: NetworkPlan) -> Int {
    ArenaSlices.bytes { MLPMemory(self, plan, slices: &$0) }
  }
}
