import CKernels
import Testing

@testable import NeuralModels

/// y = x W^T + b and what it is fused with.
@Suite struct LinearTests {
  private static let activations = [BPB_IDENTITY, BPB_TANH, BPB_GELU, BPB_RELU_SQUARED]

  private static func activated(_ x: Real, _ kind: bpb_activation) -> Real {
    switch kind {
    case BPB_TANH: x.hyperbolicTangent
    case BPB_GELU: x.gelu
    case BPB_RELU_SQUARED: x.reluSquared
    default: x
    }
  }

  /// A perceptron's first layer.
  private static func subject(
    rows: Int, inputs: Int, outputs: Int, hasBias: Bool
  ) -> (LayerSubject, Linear) {
    let shape = MLPShape(context: 1, embedding: inputs, width: outputs, layers: 1)
    let subject = LayerSubject(.mlp(shape), rows: rows)
    let tensors = MLPTensors(shape).layers[0]
    let linear = Linear(
      subject.weights, inputs: inputs, outputs: outputs, weight: tensors.weight,
      bias: hasBias ? tensors.bias : nil)
    return (subject, linear)
  }

  private static func check(
    rows: Int, inputs: Int, outputs: Int, hasBias: Bool, _ kind: bpb_activation
  ) {
    let (subject, linear) = subject(rows: rows, inputs: inputs, outputs: outputs, hasBias: hasBias)
    var numbers = Numbers(seed: rows)
    let (x, dy) = (numbers(rows * inputs), numbers(rows * outputs))
    let (y, sums, dx, given) = (
      subject.room { $0.floats(rows * outputs) }, subject.room { $0.floats(rows * outputs) },
      subject.room { $0.floats(rows * inputs) }, subject.room(dy)
    )
    let products = subject.products
    linear.forward(x, rows: rows, into: y, .activated(kind, sums: sums), by: products)
    let code = Int32(kind.rawValue)
    products.kernels.pointee.activate_backward(code, rows * outputs, sums, given, given)
    linear.addGradient(given, x, rows: rows, to: subject.gradient, by: products)
    linear.backward(given, rows: rows, into: dx, by: products)
    let ours = LayerResult(
      y: subject.read(y, rows * outputs), dx: subject.read(dx, rows * inputs))
    subject.expect(ours, x: x, columns: inputs, dy: dy) { reference, x in
      x.map {
        reference.linear("hidden.0.weight", $0, bias: hasBias ? "hidden.0.bias" : nil)
          .map { activated($0, kind) }
      }
    }
  }

  /// Each with a bias for every other size.
  @Test(arguments: LayerSizes.cases)
  func gradientsWithEachActivation(number: Int) {
    var sizes = LayerSizes(number)
    let (rows, inputs, outputs) = (sizes.next(), sizes.next(), sizes.next())
    for (index, kind) in Self.activations.enumerated() {
      let hasBias = (number + index).isMultiple(of: 2)
      Self.check(rows: rows, inputs: inputs, outputs: outputs, hasBias: hasBias, kind)
    }
  }

  /// More rows than a weight's gradient takes in at once.
  @Test func gradientsOfManyRows() {
    Self.check(rows: 289, inputs: 3, outputs: 2, hasBias: true, BPB_IDENTITY)
  }

  /// Both ways onto what is there; the bias is left out, or another takes its place.
  @Test(arguments: LayerSizes.cases)
  func resultsAreAddedToWhatIsThere(number: Int) {
    var sizes = LayerSizes(number)
    let (rows, inputs, outputs) = (sizes.next(), sizes.next(), sizes.next())
    let (subject, linear) = Self.subject(
      rows: rows, inputs: inputs, outputs: outputs, hasBias: true)
    var numbers = Numbers(seed: number)
    let (x, dy, bias) = (numbers(rows * inputs), numbers(rows * outputs), numbers(outputs))
    let start = numbers(rows * outputs)
    let (sum, after) = (subject.room(start), subject.room { $0.floats(rows * outputs) })
    let products = subject.products
    linear.forward(x, rows: rows, into: sum, .adds, by: products)
    bias.withUnsafeBufferPointer {
      linear.forward(x, rows: rows, into: after, .after($0.baseAddress!), by: products)
    }
    let dx = subject.room([Float](repeating: 0.5, count: rows * inputs))
    linear.backward(dy, rows: rows, into: dx, adds: true, by: products)
    linear.addWeightGradient(dy, x, rows: rows, to: subject.gradient, by: products)
    let ours = subject.read(dx, rows * inputs).map { $0 - 0.5 }
    subject.expect(
      LayerResult(y: zip(subject.read(sum, rows * outputs), start).map { $0 - $1 }, dx: ours),
      x: x, columns: inputs, dy: dy
    ) { reference, x in x.map { reference.linear("hidden.0.weight", $0) } }
    subject.expect(
      LayerResult(y: subject.read(after, rows * outputs), dx: ours), x: x, columns: inputs, dy: dy
    ) { reference, x in
      let bias = bias.map { reference.tape.number(Double($0)) }
      return x.map { add(reference.linear("hidden.0.weight", $0), bias) }
    }
  }
}
