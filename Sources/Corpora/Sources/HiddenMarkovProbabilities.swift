/// The weights of a hidden Markov source as probabilities.
struct HiddenMarkovProbabilities: Sendable {
  let states: Int
  /// From each state to each: row by row.
  let transition: [Double]
  /// For each symbol its probability in each state.
  let emission: [Double]

  var symbolCount: Int { emission.count / states }

  init(moves: WeightedRows, symbols: WeightedRows, states: Int) {
    self.states = states
    transition = (0..<states * states).map { moves.probability(of: $0) }
    emission = (0..<symbols.length).flatMap { symbol in
      (0..<states).map { symbols.probability(of: $0 * symbols.length + symbol) }
    }
  }

  /// How often the chain is in each state in the long run.
  ///
  /// By elimination without subtractions, which loses no digits: W. K. Grassmann, M. I. Taksar,
  /// D. P. Heyman, "Regenerative analysis and steady state distributions for Markov chains" (1985).
  var stationaryDistribution: [Double] {
    var matrix = transition
    for last in stride(from: states - 1, to: 0, by: -1) {
      let leaving = (0..<last).reduce(0) { $0 + matrix[last * states + $1] }
      for from in 0..<last {
        matrix[from * states + last] /= leaving
        for to in 0..<last {
          matrix[from * states + to] += matrix[from * states + last] * matrix[last * states + to]
        }
      }
    }
    var visits = [1.0]
    for state in 1..<max(states, 1) {
      visits.append((0..<state).reduce(0) { $0 + visits[$1] * matrix[$1 * states + state] })
    }
    let sum = visits.reduce(0, +)
    return visits.map { $0 / sum }
  }
}
