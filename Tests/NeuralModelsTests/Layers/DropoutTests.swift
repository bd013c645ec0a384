import Testing

@testable import NeuralModels

/// What is dropped, and what ends in the stream with it.
@Suite struct DropoutTests {
  private static let probability: Float = 0.3

  /// What each element is multiplied by.
  private static func mask(_ subject: LayerSubject, _ count: Int, seed: UInt64, site: Int)
    -> [Float]
  {
    let ones = subject.room([Float](repeating: 1, count: count))
    Dropout(probability, .best).apply(ones, count: count, seed: seed, site: site)
    return subject.read(ones, count)
  }

  private static func subject(rows: Int, width: Int) -> (LayerSubject, TransformerShape) {
    let shape = TransformerShape(layers: 1, width: width, heads: 1, context: rows)
    return (LayerSubject(.transformer(shape), rows: rows), shape)
  }

  @Test func elementsAreDroppedAtRandomOrScaledUp() {
    let (subject, _) = Self.subject(rows: 1, width: 1)
    let mask = Self.mask(subject, 4000, seed: 1, site: 2)
    #expect(mask.allSatisfy { $0 == 0 || $0 == 1 / (1 - Self.probability) })
    let dropped = mask.count { $0 == 0 }
    // Within four deviations of the mean.
    #expect(abs(Double(dropped) - 1200) < 4 * (4000 * 0.3 * 0.7).squareRoot(), "\(dropped)")
    #expect(Self.mask(subject, 4000, seed: 1, site: 2) == mask)
    for (seed, site) in [(2, 2), (1, 3)] as [(UInt64, Int)] {
      let other = Self.mask(subject, 4000, seed: seed, site: site)
      let agreeing = zip(mask, other).count { $0 == $1 }
      // Independent ones agree on 0.3^2 + 0.7^2 of all.
      #expect(abs(Double(agreeing) - 2320) < 4 * (4000 * 0.58 * 0.42).squareRoot(), "\(agreeing)")
    }
  }

  /// The backward pass drops what the forward pass has dropped.
  @Test(arguments: LayerSizes.cases)
  func gradientsOfDropout(number: Int) {
    var sizes = LayerSizes(number)
    let (rows, columns) = (sizes.next(), sizes.next())
    let (subject, _) = Self.subject(rows: rows, width: columns)
    let mask = Self.mask(subject, rows * columns, seed: 9, site: number)
    var numbers = Numbers(seed: number)
    let (x, dy) = (numbers(rows * columns), numbers(rows * columns))
    let (y, dx) = (subject.room(x), subject.room(dy))
    let dropout = Dropout(Self.probability, .best)
    for memory in [y, dx] {
      dropout.apply(memory, count: rows * columns, seed: 9, site: number)
    }
    let ours = LayerResult(
      y: subject.read(y, rows * columns), dx: subject.read(dx, rows * columns))
    subject.expect(ours, x: x, columns: columns, dy: dy) { _, x in Self.masked(x, mask) }
  }

  /// stream + mask · (x W^T), with and without anything dropped.
  @Test(arguments: LayerSizes.cases, [false, true])
  func gradientsOfAResidualPart(number: Int, isDropping: Bool) {
    var sizes = LayerSizes(number)
    let (rows, width) = (sizes.next(), sizes.next())
    let (subject, shape) = Self.subject(rows: rows, width: width)
    let tensors = TransformerTensors(shape).layers[0]
    let inner = shape.innerWidth
    let residual = Residual(
      linear: Linear(subject.weights, inputs: inner, outputs: width, weight: tensors.down), site: 4)
    let room = subject.room {
      Residual.Room(
        dropout: Dropout(isDropping ? Self.probability : 0, .best), dropped: $0.floats(rows * width)
      )
    }
    let ones = [Float](repeating: 1, count: rows * width)
    let mask = isDropping ? Self.mask(subject, rows * width, seed: 7, site: 4) : ones
    var numbers = Numbers(seed: number)
    let (x, dy) = (numbers(rows * inner), numbers(rows * width))
    let (stream, dStream) = (subject.room(ones), subject.room(dy))
    let dx = subject.room { $0.floats(rows * inner) }
    let products = subject.products
    residual.forward(x, rows: rows, onto: stream, room, seed: 7, by: products)
    let dOut = residual.undropped(dStream, rows: rows, room, seed: 7)
    residual.linear.addGradient(dOut, x, rows: rows, to: subject.gradient, by: products)
    residual.linear.backward(dOut, rows: rows, into: dx, by: products)
    #expect(subject.read(dStream, rows * width) == dy, "the stream's gradient goes on as it is")
    let ours = LayerResult(
      y: subject.read(stream, rows * width), dx: subject.read(dx, rows * inner))
    subject.expect(ours, x: x, columns: inner, dy: dy) { reference, x in
      Self.masked(x.map { reference.linear("layers.0.mlp.down.weight", $0) }, mask)
        .map { row in row.map { $0 + 1 } }
    }
  }

  private static func masked(_ x: [Reals], _ mask: [Float]) -> [Reals] {
    x.enumerated().map { row, x in
      x.enumerated().map { $1 * Double(mask[row * x.count + $0]) }
    }
  }
}
