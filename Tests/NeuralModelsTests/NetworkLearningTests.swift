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
        72.54849290847778, 69.02276706695557, 66.12679147720337, 63.58502244949341,
        61.34664964675903,
        59.22142028808594, 57.16557860374451, 55.16444444656372, 53.20649576187134,
        51.28033089637756,
      ]
    ),
    (
      "gru:width=7:layers=2:embedding=17",
      [
        67.85954999923706, 66.67395401000977, 65.55987405776978, 64.54341650009155,
        63.604220390319824,
        62.70994997024536, 61.83788466453552, 60.975029706954956, 60.1140341758728,
        59.25045156478882,
      ]
    ),
    (
      "lstm:width=9:layers=2:embedding=5",
      [
        67.0443754196167, 66.46489524841309, 65.9010157585144, 65.3487548828125, 64.80469751358032,
        64.26591348648071, 63.729740619659424, 63.19365119934082, 62.655248165130615,
        62.11232948303223,
      ]
    ),
    (
      "transformer:layers=2:width=12:heads=3:context=16",
      [
        71.8779673576355, 54.639702796936035, 48.49302101135254, 36.43826115131378,
        28.9619882106781,
        23.905629873275757, 22.2259384393692, 13.954368680715561, 9.26884800195694,
        6.686109408736229,
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
