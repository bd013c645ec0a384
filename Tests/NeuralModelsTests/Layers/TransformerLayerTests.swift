import CKernels
import Testing

@testable import NeuralModels

/// The two parts of a transformer's layer, from the stream to the stream.
@Suite struct TransformerLayerTests {
  private static var undropped: Dropout { Dropout(0, .best) }

  @Test(arguments: [
    (rows: 1, heads: 1, headWidth: 16), (7, 3, 2), (15, 2, 8), (17, 1, 18), (33, 3, 2),
    (5, 1, 34), (6, 7, 2),
  ])
  func gradientsOfAttention(rows: Int, heads: Int, headWidth: Int) {
    let width = heads * headWidth
    let shape = TransformerShape(layers: 1, width: width, heads: heads, context: rows)
    let subject = LayerSubject(.transformer(shape), rows: rows)
    let rotary = subject.room {
      RotaryPositions(positions: rows, pairs: headWidth / 2, slices: &$0)
    }
    rotary.fill(positions: rows, pairs: headWidth / 2)
    let layer = AttentionLayer(
      shape, TransformerTensors(shape).layers[0], site: 1, rotary: rotary, subject.weights,
      .best)
    let (kept, room) = Self.attentionRoom(subject, rows: rows, shape)
    var numbers = Numbers(seed: rows)
    let (x, dy) = (numbers(rows * width), numbers(rows * width))
    let (stream, dStream) = (subject.room(x), subject.room(dy))
    layer.forward(
      x, rows: rows, onto: stream, kept, room, seed: 0, by: subject.products)
    layer.backward(
      dStream, x: x, rows: rows, kept, room, seed: 0, gradient: subject.gradient,
      by: subject.products)
    let ours = LayerResult(
      y: subject.read(stream, rows * width), dx: subject.read(dStream, rows * width))
    subject.expect(ours, x: x, columns: width, dy: dy) { $0.attentionLayer(shape, 0, $1) }
  }

  private static func attentionRoom(
    _ subject: LayerSubject, rows: Int, _ shape: TransformerShape
  ) -> (AttentionLayer.Kept, AttentionLayer.Room) {
    let width = shape.width
    return subject.room { slices in
      let row = AttentionLayer.probabilityRow(keys: rows)
      let kept = AttentionLayer.Kept(
        rows: rows, width: width, heads: shape.heads, probabilities: shape.heads * rows * row,
        slices: &slices)
      let room = AttentionLayer.Room(
        residual: Residual.Room(dropout: undropped, dropped: slices.floats(0)),
        attentionScratch: slices.floats(bpb_attention_scratch_count(rows, shape.headWidth)),
        dMixed: slices.floats(rows * width), dNormalised: slices.floats(rows * width),
        dTurned: slices.floats(rows * 2 * width), dQKV: slices.floats(rows * 3 * width))
      return (kept, room)
    }
  }

  @Test(arguments: LayerSizes.cases, TransformerShape.Activation.allCases)
  func gradientsOfFeedForward(number: Int, activation: TransformerShape.Activation) {
    var sizes = LayerSizes(number)
    let (rows, width) = (sizes.next(), sizes.next())
    var shape = TransformerShape(layers: 1, width: width, heads: 1, context: rows)
    shape.activation = activation
    let subject = LayerSubject(.transformer(shape), rows: rows)
    let inner = shape.innerWidth
    let layer = FeedForwardLayer(
      shape, TransformerTensors(shape).layers[0], site: 2, subject.weights, .best)
    let (kept, room) = subject.room { slices in
      let kept = FeedForwardLayer.Kept(rows: rows, width: width, inner: inner, slices: &slices)
      let room = FeedForwardLayer.Room(
        residual: Residual.Room(dropout: Self.undropped, dropped: slices.floats(0)),
        hidden: slices.floats(rows * inner), dHidden: slices.floats(rows * inner),
        dNormalised: slices.floats(rows * width))
      return (kept, room)
    }
    var numbers = Numbers(seed: number)
    let (x, dy) = (numbers(rows * width), numbers(rows * width))
    let (stream, dStream) = (subject.room(x), subject.room(dy))
    layer.forward(x, rows: rows, onto: stream, kept, room, seed: 0, by: subject.products)
    layer.backward(
      dStream, x: x, rows: rows, kept, room, seed: 0, gradient: subject.gradient,
      by: subject.products)
    let ours = LayerResult(
      y: subject.read(stream, rows * width), dx: subject.read(dStream, rows * width))
    subject.expect(ours, x: x, columns: width, dy: dy) { $0.feedForwardLayer(shape, 0, $1) }
  }
}
