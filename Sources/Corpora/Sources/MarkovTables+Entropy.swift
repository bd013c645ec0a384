extension MarkovTables {
  /// Steps after which an entropy rate that has not settled is given as the bounds found.
  private static let longestWait = 200_000

  /// Bounds on the entropy rate in bits per byte, the first that `isEnough` accepts.
  ///
  /// Let v be the entropy of the next symbol in each context and P the transition matrix. The rate is πv
  /// for the stationary π = πP, hence also πPv, and so it lies between the least and the greatest entry
  /// of v, Pv, P²v and so on, which draw together. Each step goes halfway, so that periodic chains
  /// settle as well. (The bounds of undiscounted value iteration: Odoni, 1969.)
  func entropyRate(isEnough: (EntropyRate) -> Bool) -> EntropyRate {
    let contexts = bytes.count / rows.length
    let probabilities = bytes.indices.map { rows.probability(of: $0) }
    var value = (0..<contexts).map { rows.entropy(ofRow: $0) }
    var next = value
    var bounds = EntropyRate(from: value.min()!, to: value.max()!)
    var steps = 0
    while !isEnough(bounds) && steps < Self.longestWait {
      for context in 0..<contexts {
        let cells = context * rows.length..<(context + 1) * rows.length
        var sum = 0.0
        for cell in cells { sum += probabilities[cell] * value[Int(successors[cell])] }
        next[context] = (value[context] + sum) / 2
      }
      swap(&value, &next)
      bounds = EntropyRate(from: value.min()!, to: value.max()!)
      steps += 1
    }
    return bounds
  }

  /// The entropy rate: one figure once the bounds are as close as rounding lets them come.
  var entropyRate: EntropyRate {
    let bounds = entropyRate { $0.upper - $0.lower < 1e-11 }
    return bounds.upper - bounds.lower < 1e-11 ? EntropyRate(exactly: bounds.middle) : bounds
  }
}
