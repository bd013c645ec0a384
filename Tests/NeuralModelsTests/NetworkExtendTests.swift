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
