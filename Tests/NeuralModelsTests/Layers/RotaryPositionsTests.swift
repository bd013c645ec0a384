import CKernels
import Testing

@testable import NeuralModels

@Suite struct RotaryPositionsTests {
  /// Queries or keys of several heads, turned to the positions from `first` on, and a gradient turned back.
  @Test(arguments: LayerSizes.cases, [0, 41])
  func gradients(number: Int, first: Int) {
    var sizes = LayerSizes(number)
    let (rows, heads, pairs) = (sizes.next(), 1 + number % 3, sizes.next())
    let (columns, positions) = (heads * 2 * pairs, first + rows)
    let shape = TransformerShape(layers: 1, width: 2, heads: 1, context: positions)
    let subject = LayerSubject(.transformer(shape), rows: rows)
    let rotary = subject.room { RotaryPositions(positions: positions, pairs: pairs, slices: &$0) }
    rotary.fill(positions: positions, pairs: pairs)
    var numbers = Numbers(seed: number)
    let (x, dy) = (numbers(rows * columns), numbers(rows * columns))
    let (turned, back) = (subject.room(x), subject.room(dy))
    for (memory, direction) in [(turned, Float(1)), (back, -1)] {
      subject.products.kernels.pointee.rotate(
        rows, first, heads, 2 * pairs, memory, columns, rotary.cosines, rotary.sines, direction)
    }
    let ours = LayerResult(
      y: subject.read(turned, rows * columns), dx: subject.read(back, rows * columns))
    subject.expect(ours, x: x, columns: columns, dy: dy) { reference, x in
      x.enumerated().map { row, x in
        (0..<heads).flatMap { head in
          let part = Array(x[head * 2 * pairs..<(head + 1) * 2 * pairs])
          return reference.rotate(part, position: first + row)
        }
      }
    }
  }
}
