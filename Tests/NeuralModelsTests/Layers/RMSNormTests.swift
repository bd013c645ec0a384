import Testing

@testable import NeuralModels

@Suite struct RMSNormTests {
  @Test(arguments: LayerSizes.cases, [false, true])
  func gradients(number: Int, hasGain: Bool) {
    var sizes = LayerSizes(number)
    let (rows, columns) = (sizes.next(), sizes.next())
    let shape = TransformerShape(layers: 1, width: columns, heads: 1, context: rows)
    let subject = LayerSubject(.transformer(shape), rows: rows)
    let norm = RMSNorm(
      columns: columns, gain: hasGain ? TransformerTensors(shape).norm : nil, subject.weights, .best
    )
    var numbers = Numbers(seed: number)
    // Of small numbers the 1e-6 is felt. Without it one alone would always become 1, and nothing of its gradient be left.
    let isSmall = columns == 1 || number % 3 == 0
    let (x, dy) = (
      numbers(rows * columns, range: isSmall ? 0.01 : 2), numbers(rows * columns)
    )
    let (y, inverse) = subject.room { ($0.floats(rows * columns), $0.floats(rows)) }
    norm.forward(x, rows: rows, into: y, inverse: inverse)
    let dx = subject.room([Float](repeating: 0.5, count: rows * columns))
    norm.backward(
      dy, x: x, inverse: inverse, rows: rows, addingTo: dx, gradient: subject.gradient)
    let ours = LayerResult(
      y: subject.read(y, rows * columns),
      dx: subject.read(dx, rows * columns).map { $0 - 0.5 })
    subject.expect(ours, x: x, columns: columns, dy: dy) { reference, x in
      x.map { hasGain ? rmsNorm($0, gain: reference.tensor("norm.weight")) : rmsNorm($0) }
    }
  }
}
