import BPBCore
import Evidence
import ScalingLaws

/// Curves of known laws.
enum Curves {
  /// 1.5 + 40 D^-0.3: near what an n-gram model does on English.
  static let text = PowerLaw(irreducible: 1.5, coefficient: 40, exponent: 0.3)

  /// `count` sizes from 10 kB on, each `ratio` times the one before.
  static func sizes(_ count: Int, ratio: Double = 2) -> [Double] {
    (0..<count).reduce(into: [1e4]) { sizes, _ in sizes.append(sizes[sizes.count - 1] * ratio) }
      .dropLast()
  }

  /// Losses of `law` with errors of `spread` of the loss.
  static func noisy(
    _ law: PowerLaw, sizes: [Double], spread: Double, using generator: inout SeededGenerator
  ) -> LossCurve {
    LossCurve(
      sizes.map {
        LossPoint(bytes: $0, loss: law.loss(after: $0) * (1 + spread * generator.normal()))
      })
  }

  /// The fit of a curve, with few draws unless a test is about intervals.
  static func fit(_ curve: LossCurve, draws: Int = 60, seed: UInt64 = 1) throws -> CurveFit {
    var generator = SeededGenerator(seed: seed)
    return try CurveFit(curve, draws: draws, using: &generator)
  }
}

extension PowerLaw {
  /// The largest relative difference of a constant from `other`'s.
  func distance(from other: PowerLaw) -> Double {
    max(
      abs(irreducible / other.irreducible - 1), abs(coefficient / other.coefficient - 1),
      abs(exponent / other.exponent - 1))
  }
}
