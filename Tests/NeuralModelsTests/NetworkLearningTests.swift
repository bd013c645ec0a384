import NeuralModels
import Testing

@Suite struct NetworkLearningTests {
  @Test(arguments: smallNetworks)
  func stepsAgainstTheGradientLowerTheLoss(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 6)
    let losses = descend(subject, steps: 10)
    #expect(losses[9] < 0.95 * losses[0], "\(losses)")
  }

  /// The losses of ten steps, which change only when what a network computes changes; another order of
  /// summation in a kernel moves them by far less than is let pass.
  @Test(arguments: [
    (
      "mlp:context=4:embedding=5:width=9:layers=2",
      [
        70.19350051879883, 69.089026927948, 67.99671697616577, 66.90280675888062, 65.7918004989624,
        64.65049076080322, 63.469226360321045, 62.241257190704346, 60.961941719055176,
        59.62838935852051,
      ]
    ),
    (
      "gru:width=7:layers=2:embedding=17",
      [
        67.17618894577026, 66.64496755599976, 66.12794589996338, 65.62102603912354,
        65.11996269226074,
        64.62044954299927, 64.11819982528687, 63.609020709991455, 63.088844299316406,
        62.55378341674805,
      ]
    ),
    (
      "lstm:width=9:layers=2:embedding=5",
      [
        67.13887214660645, 66.6752142906189, 66.21345329284668, 65.75207042694092,
        65.28955554962158,
        64.82441759109497, 64.35519027709961, 63.88046169281006, 63.39888525009155,
        62.909188747406006,
      ]
    ),
    (
      "transformer:layers=2:width=12:heads=3:context=16",
      [
        66.93346166610718, 59.39643335342407, 54.024425983428955, 48.01068329811096,
        42.80894184112549,
        37.347322940826416, 31.630144715309143, 25.413490295410156, 17.18051105737686,
        12.170447826385498,
      ]
    ),
  ])
  func lossesAreGolden(text: String, golden: [Double]) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 6)
    let losses = descend(subject, steps: 10)
    let differ = zip(losses, golden).contains { abs($0 - $1) > 1e-5 * $1 }
    #expect(losses.count == golden.count && !differ, "\(losses)")
  }

  @Test(arguments: smallNetworks)
  func aScaleOfZeroGivesTheLossAlone(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 6)
    let (loss, gradient) = subject.learn(scale: 0)
    subject.network.reset()
    #expect(subject.learn().loss == loss)
    #expect(gradient.allSatisfy { $0 == 0 })
  }

  @Test(arguments: smallNetworks)
  func gradientsAreAddedToWhatIsThere(text: String) throws {
    let subject = try NetworkSubject(text, sequences: 2, time: 6)
    let (_, once) = subject.learn()
    var twice = once
    subject.network.reset()
    twice.withUnsafeMutableBufferPointer {
      _ = subject.network.learn(
        inputs: subject.inputs, targets: subject.targets, gradientScale: 1, dropoutSeed: 0,
        gradient: $0.baseAddress!)
    }
    #expect(zip(once, twice).allSatisfy { abs($1 - 2 * $0) <= 1e-5 * max(1, abs($0)) })
  }

  /// The mean of many gradients under dropout goes against the loss as the one without does, each differs, and the same seed
  /// gives the same.
  @Test(arguments: smallNetworks)
  func dropoutDropsBySeed(text: String) throws {
    let training = TrainingOptions(dropout: 0.2)
    let subject = try NetworkSubject(text, sequences: 2, time: 6, training: training)
    let plain = try NetworkSubject(text, sequences: 2, time: 6).learn()
    func dropped(_ seed: UInt64) -> Double {
      subject.network.reset()
      return subject.learn(scale: 0, dropoutSeed: seed).loss
    }
    #expect(dropped(1) == dropped(1))
    let losses = (0..<40).map { dropped(UInt64($0)) }
    #expect(Set(losses).count > 30)
    let mean = losses.reduce(0, +) / 40
    #expect(abs(mean / plain.loss - 1) < 0.1, "\(mean) and \(plain.loss)")
    #expect(subject.logits(step: 6).count == 2 * 6 * 256)
  }

  /// The gradient under dropout is that of the loss with the same elements dropped.
  @Test(arguments: smallNetworks)
  func gradientsUnderDropoutAreThoseOfTheirLoss(text: String) throws {
    let training = TrainingOptions(dropout: 0.3)
    let subject = try NetworkSubject(text, sequences: 2, time: 6, training: training)
    let (_, gradient) = subject.learn(dropoutSeed: 9)
    let square = gradient.reduce(0) { $0 + Double($1) * Double($1) }
    let step = Float(0.001 / square.squareRoot())
    func loss(_ step: Float) -> Double {
      let weights = subject.weights
      for i in gradient.indices { weights.parameters[i] += step * gradient[i] }
      subject.repack(training)
      subject.network.reset()
      return subject.learn(scale: 0, dropoutSeed: 9).loss
    }
    let above = loss(step)
    let below = loss(-2 * step)
    let slope = (above - below) / Double(2 * step)
    #expect(abs(slope / square - 1) < 0.02, "\(slope) and \(square)")
  }

  /// Factors of eight bits: gradients point the same way, within a few percent.
  @Test(.enabled(if: Precision.bfloat16.isSupported(by: .best)), arguments: smallNetworks)
  func bfloat16IsClose(text: String) throws {
    let rounded = try NetworkSubject(
      text, sequences: 2, time: 6, training: TrainingOptions(precision: .bfloat16))
    let exact = try NetworkSubject(text, sequences: 2, time: 6)
    let (loss, gradient) = rounded.learn()
    let (exactLoss, exactGradient) = exact.learn()
    #expect(abs(loss / exactLoss - 1) < 0.01 && loss != exactLoss)
    let difference = zip(gradient, exactGradient).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let square = exactGradient.reduce(0) { $0 + $1 * $1 }
    #expect(difference < 0.03 * 0.03 * square, "\((difference / square).squareRoot())")
    rounded.network.reset()
    exact.network.reset()
    #expect(rounded.logits(step: 6).elementsEqual(exact.logits(step: 6)))
  }

  /// The losses of steps of plain gradient descent.
  private func descend(_ subject: NetworkSubject, steps: Int) -> [Double] {
    (0..<steps).map { _ in
      subject.network.reset()
      let (loss, gradient) = subject.learn(scale: 1 / 12)
      for i in gradient.indices { subject.weights.parameters[i] -= 0.3 * gradient[i] }
      subject.repack(TrainingOptions())
      return loss
    }
  }
}
