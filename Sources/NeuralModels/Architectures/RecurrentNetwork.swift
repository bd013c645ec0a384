import CKernels

/// The networks of `RecurrentShape`, over the kernels.
final class RecurrentNetwork: Network {
  private let shape: RecurrentShape
  /// Held for as long as the layers read them.
  private let weights: Weights
  private let sequences: Int
  private let time: Int
  private let kernels: UnsafePointer<bpb_kernels>
  private let arena: Arena
  private let memory: RecurrentMemory
  private let dropout: Dropout

  /// The embedding's table [256][embedding], and where its gradient lies.
  private let table: UnsafePointer<Float>
  private let embedding: Int
  private let layers: [RecurrentLayer]
  private let head: Head

  init(_ shape: RecurrentShape, _ weights: Weights, _ plan: NetworkPlan) {
    (self.shape, self.weights) = (shape, weights)
    (sequences, time, kernels) = (plan.sequences, plan.time, plan.kernels.table)
    (arena, memory) = Arena.make { RecurrentMemory(shape, plan, slices: &$0) }
    dropout = Dropout(plan.training?.dropout ?? 0, plan.kernels)
    let tensors = RecurrentTensors(shape)
    table = UnsafePointer(weights.parameters + tensors.embedding)
    embedding = tensors.embedding
    layers = tensors.layers.indices.map {
      RecurrentLayer(shape, tensors.layers[$0], inputs: shape.inputs(of: $0), weights, plan.kernels)
    }
    head = Head(
      linear: Linear(
        weights, inputs: shape.width, outputs: 256, weight: tensors.head,
        bias: tensors.headBias))
  }

  var capacity: Int? { nil }
  var memoryBytes: Int { arena.bytes }

  func reset() {
    for state in carriedStates { state.update(repeating: 0) }
  }

  var carriedStates: [UnsafeMutableBufferPointer<Float>] {
    let count = sequences * shape.width
    return memory.layers.flatMap { kept in
      (shape.cell == .lstm ? [kept.states, kept.cells] : [kept.states]).map {
        UnsafeMutableBufferPointer(start: $0, count: count)
      }
    }
  }
}

extension RecurrentNetwork {
  func learn(
    inputs: UnsafePointer<UInt8>, targets: UnsafePointer<UInt8>, gradientScale: Float,
    dropoutSeed: UInt64, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    guard let headRoom = memory.head else { preconditionFailure("not made for learning") }
    TimeMajor.arrange(inputs, sequences: sequences, time: time, into: memory.inputs)
    TimeMajor.arrange(targets, sequences: sequences, time: time, into: memory.targets)
    let last = forward(time: time, seed: dropoutSeed, by: memory.products)
    let loss = head.learn(
      last, targets: memory.targets, rows: sequences * time, scale: gradientScale,
      into: memory.dStates, headRoom, gradient: gradient, by: memory.products)
    if gradientScale != 0 { backward(seed: dropoutSeed, gradient: gradient) }
    for (layer, kept) in zip(layers, memory.layers) {
      layer.carry(sequences: sequences, time: time, kept)
    }
    return loss
  }

  func extend(
    by bytes: UnsafePointer<UInt8>, time count: Int, logits: UnsafeMutablePointer<Float>?
  ) {
    precondition(count <= time, "more bytes than the network was made for")
    TimeMajor.arrange(bytes, sequences: sequences, time: count, into: memory.inputs)
    let exact = memory.products.exact
    var last = forward(time: count, seed: nil, by: exact)
    if let logits {
      if count > 1 && sequences > 1 {
        TimeMajor.restore(
          last, columns: shape.width, sequences: sequences, time: count, into: memory.dStates)
        last = UnsafePointer(memory.dStates)
      }
      head.linear.forward(last, rows: sequences * count, into: logits, by: exact)
    }
    for (layer, kept) in zip(layers, memory.layers) {
      layer.carry(sequences: sequences, time: count, kept)
    }
  }

  /// The last layer's states [count][sequences][width] from `memory.inputs`; nothing is dropped without a seed.
  private func forward(
    time count: Int, seed: UInt64?, by products: Products
  ) -> UnsafePointer<Float> {
    let rows = sequences * count
    let columns = shape.embedding
    kernels.pointee.gather(rows, columns, table, memory.inputs, memory.embedded, columns)
    var x = UnsafePointer(memory.embedded)
    for (index, layer) in layers.enumerated() {
      let kept = memory.layers[index]
      layer.forward(x, sequences: sequences, time: count, kept, memory.room, by: products)
      if let seed, dropout.isOn {
        let dropped = memory.dropped[index]
        dropped.update(from: kept.states + sequences * shape.width, count: rows * shape.width)
        dropout.apply(dropped, count: rows * shape.width, seed: seed, site: index)
        x = UnsafePointer(dropped)
      } else {
        x = UnsafePointer(kept.states + sequences * shape.width)
      }
    }
    return x
  }

  /// Adds to `gradient` what follows from `memory.dStates`, the gradient of what the head has read.
  private func backward(seed: UInt64, gradient: Floats) {
    let rows = sequences * time
    for index in layers.indices.reversed() {
      let x = index == 0 ? UnsafePointer(memory.embedded) : output(of: index - 1)
      dropout.apply(memory.dStates, count: rows * shape.width, seed: seed, site: index)
      layers[index].backward(
        memory.dStates, x: x, sequences: sequences, time: time, memory.layers[index], memory.room,
        into: memory.dStates, gradient: gradient, by: memory.products)
    }
    let columns = shape.embedding
    kernels.pointee.scatter(
      rows, columns, memory.inputs, memory.dStates, columns, gradient + embedding)
  }

  /// What the layer after this one reads while learning, [time][sequences][width].
  private func output(of layer: Int) -> UnsafePointer<Float> {
    UnsafePointer(
      dropout.isOn
        ? memory.dropped[layer] : memory.layers[layer].states + sequences * shape.width)
  }
}

extension RecurrentShape {
  func makeNetwork(_ weights: Weights, _ plan: NetworkPlan) -> any Network {
    RecurrentNetwork(self, weights, plan)
  }

  func networkBytes(_ plan: NetworkPlan) -> Int {
    ArenaSlices.bytes { RecurrentMemory(self, plan, slices: &$0) }
  }
}

extension RecurrentLayer {
  init(
    _ shape: RecurrentShape, _ tensors: RecurrentTensors.Layer, inputs: Int,
    _ weights: Weights, _ kernels: Kernels
  ) {
    let isGRU = shape.cell == .gru
    cell = shape.cell
    width = shape.width
    let rows = cell.gates * width
    input = Linear(
      weights, inputs: inputs, outputs: rows, weight: tensors.inputWeight,
      bias: isGRU ? tensors.inputBias : nil)
    state = Linear(
      weights, inputs: width, outputs: rows, weight: tensors.stateWeight,
      bias: isGRU ? tensors.stateBias : nil)
    (inputBias, stateBias) = (tensors.inputBias, tensors.stateBias)
    parameters = UnsafePointer(weights.parameters)
    self.kernels = kernels.table
  }
}
