import BPBCore

/// A hidden Markov source: a Markov chain of states that are not seen, each with symbols of its own.
///
/// At each step the state emits a symbol, then the chain moves. It begins in state 0. However long the
/// past, more of it always tells a little more of the state: no Markov source of finite order is the same.
public struct HiddenMarkovSource: KnownSource {
  public let name: String
  /// The symbols, in the order of the weights.
  public let alphabet: [UInt8]
  /// For each state the weights of the states to move to.
  public let transitions: [UInt32]
  /// For each state the weights of the alphabet's symbols.
  public let emissions: [UInt32]
  /// Rigorous bounds, drawn together as far as some ten thousand contexts allow.
  public let entropyRate: EntropyRate

  let probabilities: HiddenMarkovProbabilities
  private let moves: WeightedRows
  private let symbols: WeightedRows

  package init(name: String, alphabet: [UInt8], transitions: [UInt32], emissions: [UInt32]) {
    let states = emissions.count / alphabet.count
    precondition(transitions.count == states * states, "one weight for each pair of states")
    self.name = name
    self.alphabet = alphabet
    self.transitions = transitions
    self.emissions = emissions
    moves = WeightedRows(transitions, length: states)
    symbols = WeightedRows(emissions, length: alphabet.count)
    probabilities = HiddenMarkovProbabilities(moves: moves, symbols: symbols, states: states)
    entropyRate = HiddenMarkovEntropy.rate(of: probabilities)
  }

  /// A source drawn from `seed`.
  ///
  /// A state stays with probability `stay` at each step; the weights with which the others follow are
  /// uniform in 1...256, those of its symbols 2^e with e uniform in 0...15.
  init(name: String, states: Int, alphabet: [UInt8], stay: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, for: .parameters)
    var transitions: [UInt32] = []
    for state in 0..<states {
      let others = (0..<states).map { $0 == state ? 0 : 1 + generator.next(below: 256) }
      let sum = others.reduce(0, +)
      transitions += (0..<states).map {
        UInt32($0 == state ? UInt64(stay) * sum : UInt64(1_000_000 - stay) * others[$0])
      }
    }
    let emissions = (0..<states * alphabet.count).map { _ in
      UInt32(1) << generator.next(below: 16)
    }
    self.init(name: name, alphabet: alphabet, transitions: transitions, emissions: emissions)
  }

  public func makeEmitter(seed: UInt64) -> any SourceEmitter {
    Emitter(
      moves: moves, symbols: symbols, alphabet: alphabet,
      generator: SeededGenerator(seed: seed, for: .emissions))
  }

  public func makeMeter() -> any SourceMeter {
    Meter(probabilities: probabilities, places: MarkovTables.places(in: alphabet))
  }

  private struct Emitter: SourceEmitter {
    let moves: WeightedRows
    let symbols: WeightedRows
    let alphabet: [UInt8]
    var generator: SeededGenerator
    var state = 0

    mutating func emit(_ count: Int, into bytes: inout [UInt8]) {
      for _ in 0..<count {
        let cell = symbols.draw(row: state, from: &generator)
        bytes.append(alphabet[cell - state * alphabet.count])
        state = moves.draw(row: state, from: &generator) - state * moves.length
      }
    }
  }
}
