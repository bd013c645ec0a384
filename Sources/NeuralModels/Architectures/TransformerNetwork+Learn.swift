extension TransformerNetwork {
  func learn(
    inputs: UnsafePointer<UInt8>, targets: UnsafePointer<UInt8>, gradientScale: Float,
    dropoutSeed: UInt64, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    guard let room = memory.learning else { preconditionFailure("not made for learning") }
    reset()
    var loss = 0.0
    for sequence in 0..<sequences {
      let seed = dropoutSeed &+ UInt64(sequence) &* 0x9E6C_63D0_876A_9A63
      forward(inputs + sequence * time, room, seed: seed)
      loss += head.learn(
        room.normalised, targets: targets + sequence * time, rows: time, scale: gradientScale,
        into: room.dNormalised, room.head, gradient: gradient, by: memory.products)
      if gradientScale != 0 {
        backward(inputs + sequence * time, room, seed: seed, gradient: gradient)
      }
    }
    return loss
  }

  /// `room.normalised` [time][width] from one sequence.
  private func forward(
    _ bytes: UnsafePointer<UInt8>, _ room: TransformerMemory.Learning, seed: UInt64
  ) {
    let (width, streams) = (shape.width, room.streams)
    embedding.forward(
      bytes, time: time, known: 0, into: room.embedded, room: room.dNormalised)
    embeddingNorm.forward(
      room.embedded, rows: time, into: streams[0], inverse: room.embeddingInverse)
    let dropout = room.attentionRoom.residual.dropout
    dropout.apply(streams[0], count: time * width, seed: seed, site: 0)
    for layer in 0..<shape.layers {
      let (before, between) = (streams[2 * layer], streams[2 * layer + 1])
      let after = streams[2 * layer + 2]
      between.update(from: before, count: time * width)
      attention[layer].forward(
        before, rows: time, onto: between, room.attention[layer], room.attentionRoom, seed: seed,
        by: memory.products)
      after.update(from: between, count: time * width)
      feedForward[layer].forward(
        between, rows: time, onto: after, room.feedForward[layer], room.feedForwardRoom,
        seed: seed, by: memory.products)
    }
    norm.forward(
      streams[2 * shape.layers], rows: time, into: room.normalised, inverse: room.inverse)
  }

  /// Adds to `gradient` what follows from `room.dNormalised` [time][width].
  private func backward(
    _ bytes: UnsafePointer<UInt8>, _ room: TransformerMemory.Learning, seed: UInt64,
    gradient: Floats
  ) {
    let (count, streams, dStream) = (time * shape.width, room.streams, room.dStream)
    dStream.update(repeating: 0, count: count)
    norm.backward(
      room.dNormalised, x: streams[2 * shape.layers], inverse: room.inverse, rows: time,
      addingTo: dStream, gradient: gradient)
    for layer in (0..<shape.layers).reversed() {
      feedForward[layer].backward(
        dStream, x: streams[2 * layer + 1], rows: time, room.feedForward[layer],
        room.feedForwardRoom, seed: seed, gradient: gradient, by: memory.products)
      attention[layer].backward(
        dStream, x: streams[2 * layer], rows: time, room.attention[layer], room.attentionRoom,
        seed: seed, gradient: gradient, by: memory.products)
    }
    let dEmbedded = room.dNormalised
    room.attentionRoom.residual.dropout.apply(dStream, count: count, seed: seed, site: 0)
    dEmbedded.update(repeating: 0, count: count)
    embeddingNorm.backward(
      dStream, x: room.embedded, inverse: room.embeddingInverse, rows: time, addingTo: dEmbedded,
      gradient: gradient)
    embedding.backward(bytes, time: time, dEmbedded, gradient: gradient)
  }
}
