public import BPBCore

extension MarkovSource {
  /// The entropy rate in bits per byte: the entropy of the next symbol in each context, weighted by
  /// how often the context occurs. No method can do better on average.
  public var entropyRate: Double {
    let occupancy = stationaryDistribution
    return (0..<contextCount).reduce(0) { $0 + occupancy[$1] * entropy(in: $1) }
  }

  /// The ideal length of `bytes` to one who knows the source: sum of -log2 p.
  ///
  /// Infinite for bytes that the source cannot emit.
  public func codeLength(of bytes: [UInt8]) -> CodeLength {
    var context = 0
    var bits = 0.0
    for byte in bytes {
      guard let symbol = alphabet.firstIndex(of: byte) else {
        bits = .infinity
        break
      }
      bits -= Platform.log2(probability(of: symbol, in: context))
      context = successor(of: context, symbol)
    }
    return CodeLength(kind: .ideal, bits: bits, byteCount: bytes.count)
  }

  /// How often each context occurs in the long run, by power iteration.
  ///
  /// Each step goes halfway to the next distribution, so that periodic chains settle as well.
  var stationaryDistribution: [Double] {
    var current = [Double](repeating: 1 / Double(contextCount), count: contextCount)
    for _ in 0..<100_000 {
      let next = step(current)
      let change = zip(current, next).reduce(0) { $0 + abs($1.0 - $1.1) }
      current = zip(current, next).map { ($0 + $1) / 2 }
      if change < 1e-13 { break }
    }
    return current
  }

  private func step(_ distribution: [Double]) -> [Double] {
    var next = [Double](repeating: 0, count: contextCount)
    for context in 0..<contextCount {
      let share = distribution[context] / Double(total(of: context))
      for (symbol, weight) in row(of: context).enumerated() {
        next[successor(of: context, symbol)] += share * Double(weight)
      }
    }
    return next
  }

  private func entropy(in context: Int) -> Double {
    (0..<alphabet.count).reduce(0) { sum, symbol in
      let p = probability(of: symbol, in: context)
      return p > 0 ? sum - p * Platform.log2(p) : sum
    }
  }

  private func probability(of symbol: Int, in context: Int) -> Double {
    let row = row(of: context)
    return Double(row[row.startIndex + symbol]) / Double(total(of: context))
  }
}
