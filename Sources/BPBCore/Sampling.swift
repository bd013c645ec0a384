/// How what comes next is drawn: at a temperature, by a seeded generator.
///
/// At temperature T an alternative of probability p is drawn with one in proportion to p^(1/T) (the Boltzmann
/// distribution of the energies -ln p; Ackley, Hinton and Sejnowski, 1985): 1 is the model itself, lower is surer,
/// higher is more even, and 0 always takes the likeliest. Of a model that codes bit by bit and knows no whole distribution
/// each bit is drawn so. Integers and IEEE basic operations alone: the same seed gives the same bytes on every machine.
public struct Sampling: Sendable {
  /// T, finite and not negative.
  public let temperature: Double
  private var generator: SeededGenerator

  /// Draws that depend on `seed` and on what is drawn from.
  public init(temperature: Double = 1, seed: UInt64 = 1) {
    precondition(temperature >= 0 && temperature < .infinity, "a temperature is not negative")
    self.temperature = temperature
    generator = SeededGenerator(seed: seed)
  }

  /// One of the alternatives with these frequencies, of which one at least is not zero; one with frequency zero is never
  /// drawn. At temperature 0 the likeliest, of equally likely ones the first.
  public mutating func index(among frequencies: Span<UInt32>) -> Int {
    if temperature == 1 { return drawn(frequencies) }
    let likeliest = Self.likeliest(frequencies)
    return temperature == 0 ? likeliest : tempered(frequencies, most: frequencies[likeliest])
  }

  private mutating func drawn(_ frequencies: Span<UInt32>) -> Int {
    var total: UInt64 = 0
    for i in frequencies.indices { total &+= UInt64(frequencies[i]) }
    var left = generator.next(below: total)
    for i in frequencies.indices {
      let frequency = UInt64(frequencies[i])
      if left < frequency { return i }
      left &-= frequency
    }
    preconditionFailure("an alternative has a frequency")
  }

  private static func likeliest(_ frequencies: Span<UInt32>) -> Int {
    var best = 0
    for i in frequencies.indices where frequencies[i] > frequencies[best] { best = i }
    return best
  }

  /// - Parameter most: the highest frequency, whose weight is 1: so none overflows.
  private mutating func tempered(_ frequencies: Span<UInt32>, most: UInt32) -> Int {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: frequencies.count) { sums in
      let top = PortableLogarithm.log2(Double(most))
      var sum = 0.0
      for i in frequencies.indices {
        if frequencies[i] > 0 {
          let bits = PortableLogarithm.log2(Double(frequencies[i])) - top
          sum += PortableLogarithm.exp2(bits / temperature)
        }
        sums[i] = sum
      }
      // 53 bits, as many as a double has: the point is below the sum, or rounded to it.
      let point = Double(generator.next() >> 11) * 0x1p-53 * sum
      return sums.firstIndex { $0 > point } ?? sums.firstIndex { $0 == sum } ?? 0
    }
  }

  /// A point in 0..<`total`, each as likely as the others at whatever temperature.
  public mutating func point(below total: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: generator.next(below: UInt64(total)))
  }
}
