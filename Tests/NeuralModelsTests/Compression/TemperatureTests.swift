import BPBCore
import Testing
import _TestSupport

@testable import NeuralModels

/// Logits that are divided by a temperature.
@Suite struct TemperatureTests {
  private static let text = Array(
    "to be, or not to be: that is the question. whether 'tis nobler".utf8)

  private static func weights(_ shape: String, kernels: Kernels = .best) throws -> Weights {
    let weights = try WeightsLevelTests.weights(shape)
    return weights.packed(for: .coding, kernels: kernels)
  }

  private static func bits(_ weights: Weights, _ temperature: Float) -> Double {
    FrozenNetwork(weights, temperature: temperature).score(text.span, blockSize: .max)[0]
  }

  @Test(arguments: WeightsLevelTests.shapes) func theBestIsBetterThanItsNeighbours(
    shape: String
  ) throws {
    let weights = try Self.weights(shape)
    let best = FrozenNetwork.bestTemperature(of: weights, on: Self.text.span)
    let least = Self.bits(weights, best)
    // An untrained network is surer than it ought to be.
    #expect(best > 1)
    #expect(least < Self.bits(weights, 1))
    let step: Float = 1.0219
    #expect(best > 7.99 || least <= Self.bits(weights, best * step))
    #expect(least <= Self.bits(weights, best / step))
  }

  /// Made surer by so much, it wants so much more.
  @Test func aKnownTemperatureIsFound() throws {
    let weights = try Self.weights(WeightsLevelTests.shapes[2])
    let before = FrozenNetwork.bestTemperature(of: weights, on: Self.text.span)
    for tensor in weights.layout.tensors.suffix(2) {
      for i in weights[tensor].indices { weights[tensor][i] *= 0.5 }
    }
    let halved = FrozenNetwork.bestTemperature(
      of: weights.packed(for: .coding), on: Self.text.span)
    #expect(abs(halved / before - 0.5) < 0.02)
  }

  @Test func nothingSaysNothing() throws {
    let weights = try Self.weights(WeightsLevelTests.shapes[2])
    #expect(FrozenNetwork.bestTemperature(of: weights, on: [].span) == 1)
  }

  @Test func aTemperedNetworkCodesAndDecodes() throws {
    let weights = try Self.weights(WeightsLevelTests.shapes[0])
    let model = FrozenNetwork(weights, temperature: 1.7)
    let residual = model.encode(Self.text.span)
    #expect(try model.decode(residual.span, byteCount: Self.text.count) == Self.text)
    #expect(abs(Double(8 * residual.count) - Self.bits(weights, 1.7)) < 64)
    #expect(residual != FrozenNetwork(weights).encode(Self.text.span))
  }

  /// Levels, temperatures and what is coded depend on no kernels.
  @Test func theMachineChangesNoBit() throws {
    var seen: Set<[UInt8]> = []
    for name in Kernels.allNames {
      guard let kernels = Kernels(named: name) else { continue }
      let weights = try Self.weights(WeightsLevelTests.shapes[0], kernels: kernels)
      let lossy = WeightsLevel.uniform(bits: 3).applied(to: weights)
      let packed = lossy.weights.packed(for: .coding, kernels: kernels)
      let temperature = FrozenNetwork.bestTemperature(
        of: packed, on: Self.text.span, kernels: kernels)
      let model = FrozenNetwork(packed, temperature: temperature, kernels: kernels)
      let bytes = try #require(lossy.bytes)
      seen.insert(
        bytes + model.encode(Self.text.span) + ["\(temperature)"].flatMap { Array($0.utf8) })
    }
    #expect(seen.count == 1)
  }
}
