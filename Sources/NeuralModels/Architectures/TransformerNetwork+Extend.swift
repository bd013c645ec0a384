extension TransformerNetwork {
  func extend(
    by bytes: UnsafePointer<UInt8>, time count: Int, logits: UnsafeMutablePointer<Float>?
  ) {
    precondition(count <= time, "more bytes than the network was made for")
    precondition(filled + count <= shape.context, "more bytes than the transformer's context")
    // A shorter call could take more sequences at a time, but the room is for this many rows.
    let group = min(sequences, memory.extending.group * time / count)
    for first in stride(from: 0, to: sequences, by: group) {
      extend(
        first..<min(first + group, sequences), by: bytes + first * count, time: count,
        logits: logits.map { $0 + first * count * 256 })
    }
    filled += count
  }

  /// The same of a group of sequences, whose bytes and logits begin at the pointers.
  private func extend(
    _ group: Range<Int>, by bytes: UnsafePointer<UInt8>, time count: Int, logits: Floats?
  ) {
    let room = memory.extending
    let rows = group.count * count
    for (index, sequence) in group.enumerated() {
      embed(bytes + index * count, of: sequence, time: count, row: index * count)
    }
    embeddingNorm.forward(room.normalised, rows: rows, into: room.stream, inverse: room.inverse)
    for layer in 0..<shape.layers {
      extendAttention(layer, group, time: count)
      extendFeedForward(layer, rows: rows)
    }
    guard let logits else { return }
    norm.forward(room.stream, rows: rows, into: room.normalised, inverse: room.inverse)
    head.linear.forward(room.normalised, rows: rows, into: logits, by: memory.products.exact)
  }

  /// Embeds the next `count` bytes of a sequence from row `row` on, and remembers the last ones.
  private func embed(_ bytes: UnsafePointer<UInt8>, of sequence: Int, time count: Int, row: Int) {
    let (room, lookback) = (memory.extending, shape.lookback)
    let history = room.history + sequence * lookback
    room.window.update(from: history, count: lookback)
    (room.window + lookback).update(from: bytes, count: count)
    embedding.forward(
      room.window + lookback, time: count, known: min(filled, lookback),
      into: room.normalised + row * shape.width, room: room.hidden)
    history.update(from: room.window + count, count: lookback)
  }

  private func extendAttention(_ layer: Int, _ group: Range<Int>, time count: Int) {
    let (room, part) = (memory.extending, attention[layer])
    let products = memory.products.exact
    part.project(room.stream, rows: group.count * count, room.attention, by: products)
    for (index, sequence) in group.enumerated() {
      let place = (layer * sequences + sequence) * shape.context * 2 * shape.width
      part.mix(
        row: index * count, time: count, room.attention,
        .init(keysAndValues: room.caches + place, filled: filled),
        scratch: room.attentionScratch)
    }
    part.out.linear.forward(
      room.attention.mixed, rows: group.count * count, into: room.stream, .adds, by: products)
  }

  private func extendFeedForward(_ layer: Int, rows: Int) {
    let (room, part) = (memory.extending, feedForward[layer])
    let products = memory.products.exact
    part.norm.forward(room.stream, rows: rows, into: room.normalised, inverse: room.inverse)
    part.up.forward(
      room.normalised, rows: rows, into: room.hidden, .activated(part.activation, sums: nil),
      by: products)
    part.down.linear.forward(room.hidden, rows: rows, into: room.stream, .adds, by: products)
  }
}
