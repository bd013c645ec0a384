import BPBCore

extension MarkovSource {
  /// Steps from a source that is all but determined to the drawn one, and as many on to a uniform one.
  private static let scale: UInt64 = 1 << 20
  /// The sum of a row's weights, but for the one that is added to each so that none is zero.
  private static let rowTotal: UInt64 = 1 << 24

  /// A source whose entropy rate is `rate` bits per byte to within 0.001, or as near as it can come.
  ///
  /// From `seed` weights are drawn, 2^e with e uniform in 0...15. They lie on a line: on one side they
  /// are mixed with the likeliest symbol of each context, on the other with equal weights. The rate
  /// depends continuously on the share and goes from nearly 0 to log2 of the alphabet's size, so
  /// bisection finds a share that gives `rate`. The search takes its decisions by `PortableMath`, so
  /// that the weights come out the same on every machine.
  init(alphabet: [UInt8], order: Int, entropyRate rate: Double, seed: UInt64) {
    let drawn = Self.drawnWeights(symbols: alphabet.count, order: order, seed: seed)
    let source = { (place: UInt64) in
      MarkovSource(
        alphabet: alphabet, order: order,
        weights: Self.mixture(drawn, rowLength: alphabet.count, place: place))
    }
    var low: UInt64 = 0
    var high = 2 * Self.scale
    while high - low > 1 {
      let middle = (low + high) / 2
      if source(middle).estimatedRate(against: rate) < rate { low = middle } else { high = middle }
    }
    let below = source(low)
    let above = source(high)
    let isBelowNearer =
      rate - below.estimatedRate(against: nil) < above.estimatedRate(against: nil) - rate
    self = isBelowNearer ? below : above
  }

  private static func drawnWeights(symbols: Int, order: Int, seed: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: seed, for: .parameters)
    let rows = (0..<order).reduce(1) { count, _ in count * symbols }
    return (0..<rows * symbols).map { _ in 1 << generator.next(below: 16) }
  }

  /// The entropy rate to within 1e-7; where it is to be compared, only as well as that takes.
  private func estimatedRate(against rate: Double?) -> Double {
    MarkovTables(self).entropyRate { bounds in
      bounds.upper - bounds.lower < 1e-7
        || rate.map { bounds.upper < $0 || bounds.lower > $0 } == true
    }.middle
  }

  /// The weights at `place`: 0 is determined, `scale` the drawn ones, twice that uniform.
  private static func mixture(_ drawn: [UInt64], rowLength: Int, place: UInt64) -> [UInt32] {
    stride(from: 0, to: drawn.count, by: rowLength).flatMap { first in
      let row = drawn[first..<first + rowLength]
      let sum = row.reduce(0, +)
      let likeliest = row.firstIndex(of: row.max()!)!
      return row.indices.map { index in
        let part =
          place <= scale
          ? (scale - place) * (index == likeliest ? sum : 0) + place * row[index]
          : (2 * scale - place) * row[index] + (place - scale) * sum / UInt64(rowLength)
        return 1 + UInt32(part.scaled(by: rowTotal, over: scale * sum))
      }
    }
  }
}

extension UInt64 {
  /// The whole part of self · numerator / denominator, for self up to denominator.
  fileprivate func scaled(by numerator: UInt64, over denominator: UInt64) -> UInt64 {
    denominator.dividingFullWidth(multipliedFullWidth(by: numerator)).quotient
  }
}
