import Testing

@testable import NeuralModels

@Suite struct RecurrentLayerTests {
  /// The second of two batches: what the first one left is carried on as numbers, without its gradient.
  @Test(arguments: LayerSizes.cases, [RecurrentShape.Cell.gru, .lstm])
  func gradients(number: Int, cell: RecurrentShape.Cell) {
    var sizes = LayerSizes(number)
    let (sequences, inputs, width) = (1 + number % 3, sizes.next(), sizes.next())
    let time = 3
    let (rows, count) = (sequences * time, sequences * width)
    let shape = RecurrentShape(cell: cell, embedding: inputs, width: width, layers: 1)
    let subject = LayerSubject(cell == .gru ? .gru(shape) : .lstm(shape), rows: rows)
    let layer = RecurrentLayer(
      shape, RecurrentTensors(shape).layers[0], inputs: inputs, subject.weights, .best)
    var numbers = Numbers(seed: number)
    let (kept, room) = Self.room(subject, shape, sequences: sequences, time: time)
    let (first, x) = (numbers(rows * inputs), numbers(rows * inputs))
    let (states, dy) = (numbers(2 * count), numbers(rows * width))
    kept.states.update(from: states, count: count)
    if cell == .lstm { kept.cells.update(from: Array(states[count...]), count: count) }

    let products = subject.products
    layer.forward(first, sequences: sequences, time: time, kept, room, by: products)
    layer.carry(sequences: sequences, time: time, kept)
    layer.forward(x, sequences: sequences, time: time, kept, room, by: products)
    let y = subject.read(kept.states + count, rows * width)
    let (given, dx) = (subject.room(dy), subject.room { $0.floats(rows * inputs) })
    layer.backward(
      given, x: x, sequences: sequences, time: time, kept, room, into: dx,
      gradient: subject.gradient, by: products)
    let ours = LayerResult(y: y, dx: subject.read(dx, rows * inputs))

    let before = Self.carried(subject, shape, first, states, sequences: sequences)
    subject.expect(ours, x: x, columns: inputs, dy: dy) { reference, x in
      Self.steps(reference, shape, x, from: before).map { Array($0[..<width]) }
    }
  }

  private static func room(
    _ subject: LayerSubject, _ shape: RecurrentShape, sequences: Int, time: Int
  ) -> (RecurrentLayer.Kept, RecurrentLayer.Room) {
    let (rows, width, gates) = (sequences * time, shape.width, shape.cell.gates * shape.width)
    let isGRU = shape.cell == .gru
    return subject.room { slices in
      let kept = RecurrentLayer.Kept(
        gates: slices.floats(rows * gates), states: slices.floats((1 + time) * sequences * width),
        cells: slices.floats(isGRU ? 0 : (1 + time) * sequences * width),
        kept: isGRU ? slices.floats(rows * 4 * width) : nil)
      let room = RecurrentLayer.Room(
        stateGates: slices.floats(sequences * gates),
        dGates: slices.floats(isGRU ? rows * gates : 0),
        dState: slices.floats(sequences * width),
        dCell: slices.floats(isGRU ? 0 : sequences * width)
      )
      return (kept, room)
    }
  }

  /// State and cell after each row of x [time][sequences][inputs].
  private static func steps(
    _ reference: ReferenceNetwork, _ shape: RecurrentShape, _ x: [Reals], from states: [[Double]]
  ) -> [Reals] {
    var states = states.map { $0.map { reference.tape.number($0) } }
    return x.enumerated().map { row, x in
      let sequence = row % states.count
      states[sequence] = reference.recurrentStep(shape, layer: 0, x, states[sequence])
      return states[sequence]
    }
  }

  /// State and cell of each sequence after the batch x, from `states`: all states, then all cells.
  private static func carried(
    _ subject: LayerSubject, _ shape: RecurrentShape, _ x: [Float], _ states: [Float],
    sequences: Int
  ) -> [[Double]] {
    let (width, count) = (shape.width, sequences * shape.width)
    let before = (0..<sequences).map { s in
      (states[s * width..<(s + 1) * width] + states[count + s * width..<count + (s + 1) * width])
        .map(Double.init)
    }
    let reference = ReferenceNetwork(subject.weights)
    let inputs = shape.embedding
    let rows = stride(from: 0, to: x.count, by: inputs).map {
      x[$0..<$0 + inputs].map { reference.tape.number(Double($0)) }
    }
    return steps(reference, shape, rows, from: before).suffix(sequences).map { $0.map(\.value) }
  }
}
