extension RandomNumberGenerator {
  /// A whole number in 0..<`count`, by a recipe that no version of the standard library changes.
  ///
  /// Precondition: `count` is positive.
  package mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number in 0..<1, a multiple of 2^-53.
  package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number of the standard normal distribution.
  ///
  /// Source: G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates" (1958).
  package mutating func normal() -> Double {
    let radius = (-2 * Elementary.logarithm(1 - fraction())).squareRoot()
    return radius * Elementary.cosine(2 * .pi * fraction())
  }
}
