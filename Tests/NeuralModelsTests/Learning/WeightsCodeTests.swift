import BPBCore
import Testing
import _TestSupport

@testable import NeuralModels

@Suite struct WeightsCodeTests {
  private static let shapes = [
    "transformer:layers=1:width=8:heads=2:context=16", "gru:width=7:embedding=3",
  ]

  private static func weights(_ text: String, bits: Int) throws -> Weights {
    let weights = Weights(try Architecture(parsing: text))
    weights.initialise(seed: 4)
    for tensor in weights.layout.tensors {
      let values = weights[tensor]
      values[0] = 0
      values[values.count - 1] = -3.0e38
      for index in values.indices { values[index] = WeightsCode.rounded(values[index], bits: bits) }
    }
    return weights
  }

  private static func numbers(_ weights: Weights) -> [UInt32] {
    weights.layout.tensors.flatMap { weights[$0].map(\.bitPattern) }
  }

  @Test(arguments: shapes, [0, 1, 3, 7, 23])
  func weightsComeBack(shape: String, bits: Int) throws {
    let weights = try Self.weights(shape, bits: bits)
    let coded = WeightsCode.encode(weights, bits: bits)
    let restored = Weights(weights.architecture)
    try WeightsCode.decode(coded.span, into: restored, bits: bits)
    #expect(Self.numbers(restored) == Self.numbers(weights))
    // A sign, some three bits of exponent, and the significand.
    let perWeight = Double(8 * coded.count) / Double(weights.architecture.parameterCount)
    #expect(perWeight < Double(bits) + 5)
  }

  @Test func whatIsCutOrGoesOnIsRefused() throws {
    let weights = try Self.weights(Self.shapes[0], bits: 3)
    let coded = WeightsCode.encode(weights, bits: 3)
    let restored = Weights(weights.architecture)
    for damaged in [[], Array(coded.dropLast(20)), coded + [1, 2, 3, 4, 5, 6, 7, 8, 9]] {
      let error = #expect(throws: BPBError.self) {
        try WeightsCode.decode(damaged.span, into: restored, bits: 3)
      }
      #expect(error?.code == .badData)
    }
  }

  @Test func numbersAreRoundedToTheNearest() {
    var generator = SplitMix64(seed: 9)
    for _ in 0..<2000 {
      let pattern = UInt32(truncatingIfNeeded: generator.next()) & 0xFF7F_FFFF
      let value = Float(bitPattern: pattern)
      guard value.isNormal else { continue }
      #expect(WeightsCode.rounded(value, bits: 23) == value)
      #expect(WeightsCode.rounded(value, bits: 7) == TensorType.brainFloat16.rounded(value))
      let coarse = WeightsCode.rounded(value, bits: 2)
      #expect(abs(coarse - value) <= abs(value) / 8)
      #expect(WeightsCode.rounded(coarse, bits: 2) == coarse)
    }
    #expect(WeightsCode.rounded(1.125, bits: 2) == 1 && WeightsCode.rounded(1.375, bits: 2) == 1.5)
    #expect(WeightsCode.rounded(.leastNonzeroMagnitude, bits: 3) == 0)
    #expect(WeightsCode.rounded(-.greatestFiniteMagnitude, bits: 0) == -0x1p127)
  }
}
