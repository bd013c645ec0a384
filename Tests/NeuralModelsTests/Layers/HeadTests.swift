import Testing

@testable import NeuralModels

/// Logits, softmax and cross-entropy.
@Suite struct HeadTests {
  /// Where the head's matrix is from.
  enum Matrix: CaseIterable {
    /// The embedding's table.
    case tied
    case own
    case ownWithBias
  }

  private static func head(_ matrix: Matrix, rows: Int, inputs: Int) -> (LayerSubject, Head) {
    guard matrix != .ownWithBias else {
      let shape = MLPShape(context: 1, embedding: 1, width: inputs, layers: 1)
      let subject = LayerSubject(.mlp(shape), rows: rows)
      let tensors = MLPTensors(shape)
      return (subject, linear(subject, inputs, tensors.head, bias: tensors.headBias))
    }
    var shape = TransformerShape(layers: 1, width: inputs, heads: 1, context: rows)
    shape.isTied = matrix == .tied
    let subject = LayerSubject(.transformer(shape), rows: rows)
    return (subject, linear(subject, inputs, TransformerTensors(shape).head, bias: nil))
  }

  private static func linear(
    _ subject: LayerSubject, _ inputs: Int, _ weight: Int, bias: Int?
  ) -> Head {
    Head(
      linear: Linear(subject.weights, inputs: inputs, outputs: 256, weight: weight, bias: bias))
  }

  @Test(arguments: [(1, 33), (7, 15), (15, 7), (17, 1), (33, 2)], Matrix.allCases)
  func gradients(size: (rows: Int, inputs: Int), matrix: Matrix) {
    Self.check(matrix, rows: size.rows, inputs: size.inputs)
  }

  /// More rows than logits are made of at a time.
  @Test func gradientsOfManyRows() {
    Self.check(.ownWithBias, rows: Head.chunkRows + 2, inputs: 1)
  }

  private static func check(_ matrix: Matrix, rows: Int, inputs: Int) {
    let (subject, head) = head(matrix, rows: rows, inputs: inputs)
    var numbers = Numbers(seed: rows)
    let (x, targets) = (numbers(rows * inputs, range: 3), numbers.bytes(rows))
    let (dx, room) = subject.room {
      ($0.floats(rows * inputs), Head.Room(rows: rows, slices: &$0))
    }
    let scale: Float = 0.5
    let loss = head.learn(
      x, targets: targets, rows: rows, scale: scale, into: dx, room, gradient: subject.gradient,
      by: subject.products)
    let ours = LayerResult(y: [Float(loss)], dx: subject.read(dx, rows * inputs))
    subject.expect(ours, x: x, columns: inputs, dy: [scale]) { reference, x in
      let name = matrix == .tied ? "embedding.weight" : "head.weight"
      let bias = matrix == .ownWithBias ? "head.bias" : nil
      let logits = x.map { reference.linear(name, $0, bias: bias) }
      return [[sum(crossEntropy(logits, targets: targets))]]
    }
  }
}
