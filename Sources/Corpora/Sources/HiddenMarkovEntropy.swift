/// Bounds on the entropy rate of a hidden Markov source.
///
/// To know less of the past leaves more uncertain, to know the state at some time makes all before it
/// worthless: H(Y_n | Y_1…Y_{n-1}, X_1) ≤ H ≤ H(Y_n | Y_1…Y_{n-1}) (T. M. Cover, J. A. Thomas, Elements of
/// Information Theory, 2006, theorem 4.5.1). The same argument holds if each past is looked at as far
/// back as it needs, as in a tree of suffixes: a context that leaves a gap is split by the symbol before it.
struct HiddenMarkovEntropy {
  private static let wantedGap = 0.001
  private static let mostContexts = 20_000
  private static let longestContext = 400

  private let source: HiddenMarkovProbabilities
  private let stationary: [Double]
  /// Contexts with no more than this between their bounds are not split.
  private let tolerance: Double
  private var lower = 0.0
  private var upper = 0.0
  private var contexts = 0

  /// Bounds less than `wantedGap` apart, or as close as `mostContexts` contexts bring them.
  static func rate(of source: HiddenMarkovProbabilities) -> EntropyRate {
    let stationary = source.stationaryDistribution
    var tolerance = wantedGap
    while true {
      var tree = HiddenMarkovEntropy(source, stationary: stationary, tolerance: tolerance)
      tree.visitRoot()
      let isLastTry = tree.contexts >= mostContexts || tolerance < 1e-9
      if tree.upper - tree.lower < wantedGap || isLastTry {
        // Rounding may put equal bounds in the wrong order.
        return EntropyRate(from: min(tree.lower, tree.upper), to: tree.upper)
      }
      tolerance /= 4
    }
  }

  private init(_ source: HiddenMarkovProbabilities, stationary: [Double], tolerance: Double) {
    self.source = source
    self.stationary = stationary
    self.tolerance = tolerance
  }

  private mutating func visitRoot() {
    let states = source.states
    visit((0..<states * states).map { $0 / states == $0 % states ? 1 : 0 }, length: 0)
  }

  /// Adds what a context and its extensions leave uncertain.
  ///
  /// - Parameter joint: for each pair of states the probability that from the first, at the context's
  ///   beginning, the context is emitted and the second comes after it.
  private mutating func visit(_ joint: [Double], length: Int) {
    let bounds = entropies(after: joint)
    guard bounds.upper - bounds.lower > tolerance, contexts < Self.mostContexts,
      length < Self.longestContext
    else {
      lower += bounds.lower
      upper += bounds.upper
      contexts += 1
      return
    }
    for symbol in 0..<source.symbolCount { visit(extended(joint, by: symbol), length: length + 1) }
  }

  /// The entropy of the symbol after a context, times the context's probability: with the state at
  /// its beginning known, and without.
  private func entropies(after joint: [Double]) -> (lower: Double, upper: Double) {
    let states = source.states
    var lower = 0.0
    var total = [Double](repeating: 0, count: source.symbolCount)
    for first in 0..<states {
      let following = (0..<source.symbolCount).map { symbol in
        (0..<states).reduce(0.0) {
          $0 + joint[first * states + $1] * source.emission[symbol * states + $1]
        }
      }
      lower += stationary[first] * Self.entropy(of: following)
      for symbol in total.indices { total[symbol] += stationary[first] * following[symbol] }
    }
    return (lower, Self.entropy(of: total))
  }

  /// -Σ p log2 (p / Σ p).
  private static func entropy(of joint: [Double]) -> Double {
    let sum = joint.reduce(0, +)
    return joint.reduce(0) { $1 > 0 ? $0 - $1 * PortableMath.log2($1 / sum) : $0 }
  }

  /// The context with `symbol` before it.
  private func extended(_ joint: [Double], by symbol: Int) -> [Double] {
    let states = source.states
    var result = [Double](repeating: 0, count: states * states)
    for first in 0..<states {
      let emitted = source.emission[symbol * states + first]
      for second in 0..<states {
        let p = emitted * source.transition[first * states + second]
        for last in 0..<states {
          result[first * states + last] += p * joint[second * states + last]
        }
      }
    }
    return result
  }
}
