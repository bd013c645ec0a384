import NeuralModels
import Testing

/// Networks judged by their definition in double precision.
@Suite struct NetworkGradientTests {
  /// Two batches, so that what is carried on from the first counts.
  @Test(arguments: smallNetworks)
  func lossAndGradientAreTheReferences(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 5)
    var expected = [Double](repeating: 0, count: subject.weights.layout.bufferCount)
    var loss = 0.0
    for sequence in 0..<2 {
      let states = firstBatchStates(subject, sequence)
      var reference = ReferenceNetwork(subject.weights)
      reference.states = states.map { $0.map { reference.tape.number($0) } }
      let losses = reference.losses(
        subject.inputs(of: sequence), targets: subject.targets(of: sequence))
      loss += losses.reduce(0) { $0 + $1.value }
      expected = zip(expected, reference.gradient(of: sum(losses))).map { $0 + 0.25 * $1 }
    }
    _ = subject.learn()
    let (ours, gradient) = subject.learn(scale: 0.25)
    #expect(abs(ours - loss) < 1e-5 * loss, "\(ours) and \(loss)")
    for tensor in subject.weights.layout.tensors {
      let range = tensor.offset..<tensor.offset + tensor.count
      let error = relativeError(gradient[range], expected[range])
      #expect(error < 1e-4, "\(tensor.name): \(error)")
    }
    let gaps = zip(gradient, expected).filter { $0 != 0 && $1 == 0 }
    #expect(gaps.isEmpty, "gradients where there are no parameters")
  }

  /// What a recurrent network carries on from the first batch, as plain numbers.
  private func firstBatchStates(_ subject: NetworkSubject, _ sequence: Int) -> [[Double]] {
    var reference = ReferenceNetwork(subject.weights)
    _ = reference.logits(subject.inputs(of: sequence))
    return reference.states.map { $0.map(\.value) }
  }

  /// The largest difference by the largest value.
  private func relativeError(_ ours: ArraySlice<Float>, _ expected: ArraySlice<Double>) -> Double {
    let largest = expected.reduce(1e-3) { max($0, abs($1)) }
    return zip(ours, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) } / largest
  }

  /// The reference's own gradient, along the direction of each tensor's gradient, by finite differences.
  @Test(arguments: [
    "gru:width=3:layers=1:embedding=2", "lstm:width=3:layers=1:embedding=2",
    "mlp:context=2:embedding=2:width=3:layers=1",
    "transformer:layers=1:width=4:heads=2:context=4",
    "transformer:layers=1:width=4:heads=1:context=4:activation=gelu:head=own",
  ])
  func referenceAgreesWithFiniteDifferences(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 1, time: 3)
    func loss() -> (ReferenceNetwork, Real) {
      var reference = ReferenceNetwork(subject.weights)
      return (reference, sum(reference.losses(subject.inputs, targets: subject.targets)))
    }
    let (reference, result) = loss()
    let gradient = reference.gradient(of: result)
    for tensor in subject.weights.layout.tensors {
      let values = subject.weights[tensor]
      let slope = gradient[tensor.offset..<tensor.offset + tensor.count]
      let most = slope.indices.max { abs(slope[$0]) < abs(slope[$1]) }! - tensor.offset
      let value = values[most]
      values[most] = value + 0x1p-10
      let above = (loss().1.value, Double(values[most]))
      values[most] = value - 0x1p-10
      let below = (loss().1.value, Double(values[most]))
      values[most] = value
      let measured = (above.0 - below.0) / (above.1 - below.1)
      let noted = gradient[tensor.offset + most]
      #expect(abs(measured - noted) < 1e-4 * max(abs(noted), 0.1), "\(tensor.name)")
    }
  }
}
