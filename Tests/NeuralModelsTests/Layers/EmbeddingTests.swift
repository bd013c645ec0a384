import Testing

@testable import NeuralModels

/// Bytes looked up in tables; the gradients of a byte that is met again add up.
@Suite struct EmbeddingTests {
  /// Few bytes, so that they meet again.
  private static func bytes(_ count: Int) -> [UInt8] {
    var numbers = Numbers(seed: count)
    return numbers.bytes(count).map { $0 % 4 * 85 }
  }

  @Test(arguments: LayerSizes.cases, [1, 3])
  func gradientsOfContexts(number: Int, context: Int) {
    var sizes = LayerSizes(number)
    let (time, columns) = (sizes.next(), sizes.next())
    let shape = MLPShape(context: context, embedding: columns, width: 1, layers: 1)
    let subject = LayerSubject(.mlp(shape), rows: time)
    let offset = MLPTensors(shape).embedding
    let embedding = ContextEmbedding(
      context: context, columns: columns, table: subject.weights.parameters + offset,
      offset: offset, kernels: subject.products.kernels)
    let (bytes, count) = (Self.bytes(time), time * context * columns)
    var numbers = Numbers(seed: number)
    let dy = numbers(count)
    let x = subject.room { $0.floats(count) }
    // What stands before the first byte is not known, and must not be read.
    let window = [UInt8](repeating: 255, count: context - 1) + bytes
    embedding.forward(window, time: time, known: 0, into: x)
    embedding.backward(bytes, time: time, subject.room(dy), gradient: subject.gradient)
    subject.expect(LayerResult(y: subject.read(x, count)), x: [], columns: 0, dy: dy) {
      reference, _ in
      reference.contextEmbedding(bytes, context: context, columns: columns)
    }
  }

  @Test(arguments: LayerSizes.cases, [0, 1, 3])
  func gradientsOfLookback(number: Int, lookback: Int) {
    var sizes = LayerSizes(number)
    let (time, columns) = (sizes.next(), sizes.next())
    var shape = TransformerShape(layers: 1, width: columns, heads: 1, context: time)
    shape.lookback = lookback
    let subject = LayerSubject(.transformer(shape), rows: time)
    let embedding = LookbackEmbedding(
      columns: columns, tables: TransformerTensors(shape).embeddings, subject.weights, .best)
    let bytes = Self.bytes(time)
    var numbers = Numbers(seed: number)
    let dy = numbers(time * columns)
    let (x, room) = subject.room { ($0.floats(time * columns), $0.floats(time * columns)) }
    embedding.forward(bytes, time: time, known: 0, into: x, room: room)
    embedding.backward(bytes, time: time, subject.room(dy), gradient: subject.gradient)
    subject.expect(LayerResult(y: subject.read(x, time * columns)), x: [], columns: 0, dy: dy) {
      reference, _ in reference.lookbackEmbedding(bytes, lookback: lookback)
    }
  }
}
