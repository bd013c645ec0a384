extension RateDistortion {
  /// R(D) of a memoryless source under Hamming distortion, in bits per symbol, in closed form.
  ///
  /// The best reconstruction uses the k likeliest symbols only. Let S be the sum of their probabilities and
  /// e = (D - (1 - S)) / (k - 1), what each of them gives to errors; k is as large as it can be with no symbol
  /// in use that has less than e. Then
  ///
  ///     R(D) = (1 - D) log2 (1 - D) + (k - 1) e log2 e - Σ p log2 p, summed over the symbols in use
  ///
  /// V. D. Erokhin, "ε-entropy of a discrete random variable" (1958). With all symbols in use that is
  /// Shannon's lower bound.
  /// - Parameters:
  ///   - probabilities: of the symbols; their sum is 1.
  ///   - distortion: D, 0 or more.
  public static func memoryless(_ probabilities: [Double], distortion: Double) -> Double {
    precondition(distortion >= 0, "a distortion is not negative")
    let sorted = probabilities.filter { $0 > 0 }.sorted(by: >)
    guard let most = sorted.first, distortion < 1 - most else { return 0 }
    let (used, error) = usedSymbols(sorted, distortion)
    let entropy = sorted[..<used].reduce(0) { $0 + PortableEntropy.term($1) }
    let errors = Double(used - 1) * PortableEntropy.term(error)
    return max(0, entropy - PortableEntropy.term(1 - distortion) - errors)
  }

  /// How many of the likeliest symbols are in use at a distortion below that of using one, and what each
  /// gives to errors.
  private static func usedSymbols(
    _ sorted: [Double], _ distortion: Double
  ) -> (count: Int, error: Double) {
    var (count, sum) = (sorted.count, sorted.reduce(0, +))
    while true {
      let error = max(0, distortion - (1 - sum)) / Double(count - 1)
      if count == 2 || error <= sorted[count - 1] { return (count, error) }
      count -= 1
      sum -= sorted[count]
    }
  }

  /// The point of a memoryless source's R(D) at which it falls by `slope` bits an error, by iteration.
  ///
  /// R. E. Blahut, "Computation of channel capacity and rate-distortion functions" (1972), with the test for
  /// its end that is given there: the rate is within `tolerance` of R(D) at the distortion that is returned.
  /// - Parameters:
  ///   - probabilities: of the symbols; their sum is 1.
  ///   - slope: above 0, in bits an error.
  ///   - tolerance: in bits.
  public static func blahut(
    _ probabilities: [Double], slope: Double, tolerance: Double = 1e-6
  ) -> Point {
    precondition(slope > 0 && tolerance > 0, "a slope and a tolerance are above 0")
    let ratio = BinaryPowers.power(-min(slope, 1000))
    var output = probabilities.map { $0 > 0 ? 1 / Double(probabilities.count) : 0 }
    for _ in 0..<1_000_000 {
      let gains = gains(probabilities, output, ratio)
      var gap = 0.0
      for symbol in output.indices where gains[symbol] > 0 {
        gap = max(gap, PortableEntropy.log2(gains[symbol]))
        output[symbol] *= gains[symbol]
      }
      if gap < tolerance { break }
    }
    return point(probabilities, output, ratio)
  }

  /// What each symbol's share of the output grows by: Σ over x of p(x) r^[x ≠ y] / Z(x), where
  /// Z(x) = Σ over y of q(y) r^[x ≠ y].
  private static func gains(_ p: [Double], _ q: [Double], _ ratio: Double) -> [Double] {
    let quotients = p.indices.map { p[$0] / (ratio + (1 - ratio) * q[$0]) }
    let all = quotients.reduce(0, +)
    return quotients.map { ratio * all + (1 - ratio) * $0 }
  }

  /// Distortion and mutual information of the test channel to the output `q`.
  private static func point(_ p: [Double], _ q: [Double], _ ratio: Double) -> Point {
    var (distortion, rate) = (0.0, 0.0)
    for symbol in p.indices where p[symbol] > 0 {
      let z = ratio + (1 - ratio) * q[symbol]
      distortion += p[symbol] * ratio * (1 - q[symbol]) / z
      rate -= p[symbol] * PortableEntropy.log2(z)
    }
    rate += distortion * PortableEntropy.log2(ratio)
    return Point(distortion: distortion, rate: max(0, rate))
  }
}
