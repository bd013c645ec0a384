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

  /// Bytes drawn from what the network itself foretells: its temperature is right for them.
  private static func sample(_ weights: Weights) -> [UInt8] {
    var generator = SeededGenerator(seed: 12)
    let none: [UInt8] = []
    return FrozenNetwork(weights).continuation(of: none.span, count: 1000) { frequencies in
      var place = UInt32(generator.next(below: 1 << 24))
      var byte = 0
      while byte < 255, place >= frequencies[byte] {
        place -= frequencies[byte]
        byte += 1
      }
      return UInt8(byte)
    }
  }

  @Test(arguments: WeightsLevelTests.shapes) func aSampleWantsTheTemperatureItWasDrawnAt(
    shape: String
  ) throws {
    let weights = try Self.weights(shape)
    let sample = Self.sample(weights)
    let best = FrozenNetwork.bestTemperature(of: weights, on: sample.span)
    #expect(abs(best - 1) < 0.15)
    func bits(_ temperature: Float) -> Double {
      FrozenNetwork(weights, temperature: temperature).score(sample.span, blockSize: .max)[0]
    }
    let step: Float = 1.0219
    #expect(bits(best) <= min(bits(1), bits(best * step), bits(best / step)))
    #expect(bits(best) < min(bits(best * 1.5), bits(best / 1.5)) - 1)
  }

  /// Logits that are twice as large want twice the temperature.
  @Test func aKnownTemperatureIsFound() throws {
    let weights = try Self.weights(WeightsLevelTests.shapes[1])
    let sample = Self.sample(weights)
    let before = FrozenNetwork.bestTemperature(of: weights, on: sample.span)
    for tensor in weights.layout.tensors where tensor.name.hasPrefix("head") {
      for i in weights[tensor].indices { weights[tensor][i] *= 2 }
    }
    let doubled = FrozenNetwork.bestTemperature(
      of: weights.packed(for: .coding), on: sample.span)
    #expect(abs(doubled / before - 2) < 0.05)
  }

  @Test func nothingSaysNothing() throws {
    let weights = try Self.weights(WeightsLevelTests.shapes[2])
    let nothing: [UInt8] = []
    let best = FrozenNetwork.bestTemperature(of: weights, on: nothing.span)
    #expect(best == 1)
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
