import BPBCore

/// What a tensor holds before it has learned anything.
enum InitialValues: Equatable {
  case constant(Float)
  /// One value in these elements and 0 in the others.
  case constantIn(Range<Int>, Float)
  /// Independent values from about a normal distribution of mean 0.
  case normal(deviation: Double)
  /// Independent values between minus and plus `bound`.
  case uniform(bound: Double)

  /// Fills `count` elements. The same on every machine: integers, products and one rounding to float.
  func fill(
    _ values: UnsafeMutablePointer<Float>, count: Int, from generator: inout SeededGenerator
  ) {
    switch self {
    case .constant(let value): values.update(repeating: value, count: count)
    case .constantIn(let range, let value):
      values.update(repeating: 0, count: count)
      (values + range.lowerBound).update(repeating: value, count: range.count)
    case .normal(let deviation):
      for i in 0..<count { values[i] = Float(generator.nextNormal() * deviation) }
    case .uniform(let bound):
      for i in 0..<count { values[i] = Float(generator.nextSigned() * bound) }
    }
  }
}

extension SeededGenerator {
  /// A number of mean 0 and deviation 1: the sum of twelve uniform ones of 16 bits, whose distribution
  /// (Irwin, 1927; Hall, 1927) is close to the normal one within four deviations and ends at six. It takes no
  /// logarithm, so that it is the same everywhere.
  mutating func nextNormal() -> Double {
    var sum = 0
    for _ in 0..<3 {
      let word = next()
      sum += Int(word & 0xFFFF) + Int(word >> 16 & 0xFFFF)
      sum += Int(word >> 32 & 0xFFFF) + Int(word >> 48)
    }
    return Double(sum - 6 * 0xFFFF) / 65536
  }

  /// A uniform number in -1 ..< 1.
  mutating func nextSigned() -> Double {
    Double(Int64(bitPattern: next()) >> 11) / 4_503_599_627_370_496
  }
}
