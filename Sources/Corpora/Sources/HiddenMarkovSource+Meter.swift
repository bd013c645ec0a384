extension HiddenMarkovSource {
  /// The scaled forward algorithm: the probability of each state given the bytes so far.
  ///
  /// Source: L. R. Rabiner, "A tutorial on hidden Markov models and selected applications in speech
  /// recognition" (1989), section V.A.
  struct Meter: SourceMeter {
    let probabilities: HiddenMarkovProbabilities
    let places: [Int16]
    private var belief: [Double]
    private var seen: [Double]
    private var product = LogarithmicProduct()

    init(probabilities: HiddenMarkovProbabilities, places: [Int16]) {
      self.probabilities = probabilities
      self.places = places
      seen = [Double](repeating: 0, count: probabilities.states)
      belief = seen
      belief[0] = 1
    }

    var bits: Double { product.bits }

    mutating func add(_ bytes: Span<UInt8>) {
      for index in bytes.indices {
        let place = places[Int(bytes[index])]
        product.multiply(by: place < 0 ? 0 : observe(Int(place)))
      }
    }

    /// Takes in a symbol, and gives its probability after those before it.
    private mutating func observe(_ symbol: Int) -> Double {
      let states = probabilities.states
      var sum = 0.0
      for state in 0..<states {
        seen[state] = belief[state] * probabilities.emission[symbol * states + state]
        sum += seen[state]
        belief[state] = 0
      }
      guard sum > 0 else { return 0 }
      for state in 0..<states {
        let share = seen[state] / sum
        for next in 0..<states {
          belief[next] += share * probabilities.transition[state * states + next]
        }
      }
      return sum
    }
  }
}

/// A product of many probabilities, kept as bits and a factor that is still within range.
struct LogarithmicProduct {
  private var logarithm = 0.0
  private var factor = 1.0

  mutating func multiply(by probability: Double) {
    factor *= probability
    if factor < 0x1p-500 {
      logarithm += PortableMath.log2(factor)
      factor = 1
    }
  }

  /// -log2 of the product; infinite once a factor was 0.
  var bits: Double { -(logarithm + PortableMath.log2(factor)) }
}
