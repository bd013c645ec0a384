import BPBCore
import Testing
import _TestSupport

@testable import NeuralModels

/// The first ten steps of a run against `Tests/Reference/neural_training.py`, which takes them in double precision with code
/// of its own for batches, initial weights, schedule, clipping and optimisers.
@Suite struct TrainingReferenceTests {
  /// A row of the table.
  private struct Step {
    var bitsPerByte: Double
    var gradientNorm: Double
  }

  private static let networks = [
    "transformer": "transformer:layers=2:width=16:heads=2:context=16",
    "gru": "gru:width=12:layers=2:embedding=5",
  ]

  /// As in the script.
  private static let text: [UInt8] = (0..<30).flatMap { Array("one two three \($0 % 10)\n".utf8) }

  private static func trainer(_ network: String, _ optimiser: Optimiser) throws -> Trainer {
    var settings = OptimiserSettings(
      optimiser: optimiser, rate: 0.02, matrixRate: 0.01, weightDecay: 0.1)
    (settings.beta1, settings.beta2, settings.clip) = (0.9, 0.95, 1)
    (settings.firstMomentum, settings.momentum, settings.momentumWarmUp) = (0.85, 0.95, 5)
    let plan = TrainingPlan(
      architecture: try Architecture(parsing: networks[network]!), sequences: 4, time: 12,
      shards: 2, optimiser: settings, schedule: Schedule(warmUp: 4, coolDown: 6..<10))
    return try Trainer(plan, text: text, kernels: .best, team: ThreadTeam(threads: 1))
  }

  private static func table(_ network: String, _ optimiser: Optimiser) throws -> [Step] {
    let table = try PackageFiles.bytes("Tests/Reference/neural_training.tsv")
    return String(decoding: table, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: "\t").map(String.init) }
      .filter { $0[0] == network && $0[1] == optimiser.rawValue }
      .map { Step(bitsPerByte: Double($0[3])!, gradientNorm: Double($0[4])!) }
  }

  @Test(arguments: ["transformer", "gru"], Optimiser.allCases)
  func stepsAreThoseInDoublePrecision(network: String, optimiser: Optimiser) throws {
    let trainer = try Self.trainer(network, optimiser)
    let expected = try Self.table(network, optimiser)
    #expect(expected.count == 10)
    for (number, expected) in expected.enumerated() {
      let step = try trainer.step()
      let loss = step.bitsPerByte / expected.bitsPerByte - 1
      let norm = step.gradientNorm / expected.gradientNorm - 1
      #expect(abs(loss) < 1e-6, "loss of step \(number): \(loss)")
      #expect(abs(norm) < 1e-5, "gradient of step \(number): \(norm)")
    }
  }
}
