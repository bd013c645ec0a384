import CKernels
import NeuralModels
import Testing

@Suite struct NetworkExtendTests {
  @Test(arguments: smallNetworks)
  func bitsDoNotDependOnTheStepsOfACall(text: String) throws {
    let training = TrainingOptions()
    let subject = try NetworkSubject(text, sequences: 3, time: 7, training: training)
    let atOnce = subject.logits(step: 7)
    for step in [1, 2, 5] {
      subject.network.reset()
      #expect(same(subject.logits(step: step), atOnce), "step \(step)")
    }
    let coding = try NetworkSubject(text, sequences: 3, time: 7, training: nil)
    #expect(same(coding.logits(step: 7), atOnce))
    let alone = try NetworkSubject(text, sequences: 1, time: 7, training: nil)
    alone.network.reset()
    var logits = [Float](repeating: 0, count: 7 * 256)
    alone.network.extend(by: subject.inputs(of: 1), time: 7, logits: &logits)
    #expect(same(logits, Array(atOnce[7 * 256..<14 * 256])))
  }

  /// Long batches go through the layers in several groups of sequences.
  @Test(arguments: [
    "mlp:context=3:embedding=2:width=3", "gru:width=3:embedding=2", "lstm:width=3:embedding=2",
    "transformer:layers=1:width=4:heads=1:context=100",
  ])
  func longBatchesAreTheirSequences(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 3, time: 100)
    let atOnce = subject.logits(step: 100)
    subject.network.reset()
    let (loss, gradient) = subject.learn()
    subject.network.reset()
    #expect(same(subject.logits(step: 33), atOnce))
    var sum = 0.0
    var sumOfGradients = [Float](repeating: 0, count: gradient.count)
    for sequence in 0..<3 {
      let alone = try NetworkSubject(text, sequences: 1, time: 100)
      sum += alone.network.learn(
        inputs: subject.inputs(of: sequence), targets: subject.targets(of: sequence),
        gradientScale: 1, dropoutSeed: 0, gradient: &sumOfGradients)
      var logits = [Float](repeating: 0, count: 100 * 256)
      alone.network.reset()
      alone.network.extend(by: subject.inputs(of: sequence), time: 100, logits: &logits)
      #expect(same(logits, Array(atOnce[sequence * 25600..<(sequence + 1) * 25600])))
    }
    #expect(abs(loss - sum) < 1e-6 * loss)
    let differ = zip(gradient, sumOfGradients).contains { abs($0 - $1) > 1e-4 * max(1, abs($0)) }
    #expect(!differ)
  }

  /// Learning goes forward through the same products: its loss is that of the logits, bit by bit.
  @Test(arguments: smallNetworks)
  func lossOfLearningIsThatOfCoding(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 7)
    var logits = subject.logits(step: 3)
    subject.network.reset()
    var losses = [Float](repeating: 0, count: 14)
    subject.kernels.table.pointee.softmax_loss(14, &logits, subject.targets, 0, &losses)
    let (loss, _) = subject.learn()
    #expect(abs(loss - losses.reduce(0) { $0 + Double($1) }) < 1e-12 * loss)
  }

  @Test(arguments: smallNetworks)
  func bitsDoNotDependOnTheInstructionSet(text: String) throws {
    let all = Kernels.allNames.compactMap { Kernels(named: $0) }
    let first = try NetworkSubject(text, kernels: all[0], sequences: 2, time: 5)
    let (loss, gradient) = first.learn()
    first.network.reset()
    let logits = first.logits(step: 2)
    for kernels in all.dropFirst() {
      let other = try NetworkSubject(text, kernels: kernels, sequences: 2, time: 5)
      let (otherLoss, otherGradient) = other.learn()
      other.network.reset()
      #expect(otherLoss == loss && same(otherGradient, gradient), "\(kernels.name)")
      #expect(same(other.logits(step: 2), logits), "\(kernels.name)")
    }
  }

  /// A network that has learned is one that begins anew, apart from what recurrent ones carry on.
  @Test(arguments: smallNetworks)
  func resetForgets(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 5)
    let first = subject.logits(step: 5)
    subject.network.reset()
    let (loss, gradient) = subject.learn()
    subject.network.reset()
    #expect(same(subject.logits(step: 5), first))
    subject.network.reset()
    let (again, gradientAgain) = subject.learn()
    #expect(again == loss && same(gradientAgain, gradient))
  }

  /// Bit by bit; a failed comparison of arrays would print them.
  private func same(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern }
  }
}
