import BPBCore
import Evidence

@testable import ScalingLaws

/// Rows of a known law, as runs of several seeds would give them.
struct SyntheticRuns {
  var law = knownSurface
  /// Seven sizes, each about three times the one before, as the named sizes are.
  var sizes = (0..<7).map { 3e3 * Elementary.power(10, Double($0) / 2) }
  var data = (0..<10).map { 1.25e5 * Elementary.power(2, Double($0)) }
  var seeds: (Int) -> Int = { _ in 3 }
  /// What the noise of a run moves together, and each point besides, as shares of the loss.
  var noise = RowNoise(row: 0, point: 0)
  var operations: (Double) -> Double = { 6 * $0 }

  func rows(seed: UInt64 = 1) -> [SeededRow] {
    var generator = SeededGenerator(seed: seed)
    return sizes.enumerated().map { index, size in
      SeededRow(
        parameters: size, operations: operations(size),
        seeds: (0..<seeds(index)).map { _ in losses(of: size, using: &generator) })
    }
  }

  func losses(
    of size: Double, using generator: inout SeededGenerator
  ) -> [(data: Double, loss: Double)] {
    let common = noise.row * generator.normal()
    return data.map { amount in
      let miss = common + noise.point * generator.normal()
      return (amount, law.loss(parameters: size, data: amount) * Elementary.exponential(miss))
    }
  }
}
