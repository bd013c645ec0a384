import BPBCore

extension KnownSourceFamily {
  static let uniform = KnownSourceFamily(
    name: "uniform", summary: "every byte equally likely: 8 bits per byte", parameters: [],
    make: { values throws(BPBError) in UniformSource(name: values.name) })

  static let independent = KnownSourceFamily(
    name: "iid",
    summary: "symbols drawn independently of each other, with a chosen entropy",
    parameters: [symbols(default: 4), entropy, seed],
    make: { values throws(BPBError) in try markov(values, order: 0) })

  static let bernoulli = KnownSourceFamily(
    name: "bernoulli", summary: "the bytes '0' and '1', each drawn independently",
    parameters: [
      MethodParameter(
        "p", .decimal(Millionths(count: 1)...Millionths(count: 999_999)), default: "0.1",
        summary: "the probability of '1'")
    ],
    make: { values throws(BPBError) in
      let ones = UInt32(values.decimal("p").count)
      return NamedMarkovSource(
        name: values.name,
        chain: MarkovSource(
          alphabet: Array("01".utf8), order: 0, weights: [1_000_000 - ones, ones]))
    })

  static let markov = KnownSourceFamily(
    name: "markov",
    summary: "each symbol depends on those before it, with a chosen entropy rate",
    parameters: [
      MethodParameter(
        "order", .integer(0...12), default: "2", summary: "symbols that the next one depends on"),
      symbols(default: 4), entropy, seed,
    ],
    make: { values throws(BPBError) in try markov(values, order: values.integer("order")) })

  static let hiddenMarkov = KnownSourceFamily(
    name: "hmm",
    summary: "a hidden Markov chain: states that are not seen, each with its own symbols",
    parameters: [
      MethodParameter("states", .integer(2...8), default: "3", summary: "hidden states"),
      symbols(default: 4),
      MethodParameter(
        "stay", .decimal(Millionths(count: 0)...Millionths(count: 999_000)), default: "0.8",
        summary: "the probability that the state remains at a step"),
      seed,
    ],
    make: { values throws(BPBError) in
      HiddenMarkovSource(
        name: values.name, states: values.integer("states"),
        alphabet: SymbolSet.first(values.integer("symbols")), stay: values.decimal("stay").count,
        seed: UInt64(values.integer("seed")))
    })

  static let grammar = KnownSourceFamily(
    name: "grammar",
    summary: "English sentences from templates whose slots are filled from lists of words",
    parameters: [
      MethodParameter(
        "fillers", .choice(GrammarSource.Fillers.allCases.map(\.rawValue)), default: "all",
        summary: "the words that slots are filled with: three in four, the fourth, or all"),
      seed,
    ],
    make: { values throws(BPBError) in
      GrammarSource(
        name: values.name, fillers: GrammarSource.Fillers(rawValue: values.text("fillers")!)!,
        seed: UInt64(values.integer("seed")))
    })

  static func symbols(default number: Int) -> MethodParameter {
    MethodParameter(
      "symbols", .integer(2...256), default: "\(number)", summary: "the size of the alphabet")
  }

  static let seed = MethodParameter(
    "seed", .integer(0...Int.max), default: "1",
    summary: "what the source's probabilities are drawn from")

  private static let entropy = MethodParameter(
    "entropy", .decimal(Millionths(count: 10_000)...Millionths(count: 8_000_000)), default: "1.5",
    summary: "bits per byte that the source is to have, to within 0.001")

  /// Weights that a Markov source may have: more would take minutes to be searched.
  private static let mostWeights = 1 << 16

  private static func markov(
    _ values: MethodValues, order: Int
  ) throws(BPBError) -> NamedMarkovSource {
    let symbols = values.integer("symbols")
    let rate = values.decimal("entropy").value
    try checkSize(symbols: symbols, order: order)
    try checkEntropy(rate, symbols: symbols)
    let source = NamedMarkovSource(
      name: values.name,
      chain: MarkovSource(
        alphabet: SymbolSet.first(symbols), order: order, entropyRate: rate,
        seed: UInt64(values.integer("seed"))))
    guard source.entropyRate.isExact, abs(source.entropyRate.middle - rate) <= 0.001 else {
      throw BPBError(
        .usage, "takes too long to forget its beginning for its entropy rate to be found",
        advice: "raise entropy, lower order, or try another seed")
    }
    return source
  }

  private static func checkSize(symbols: Int, order: Int) throws(BPBError) {
    var weights = symbols
    var affordable = 0
    while affordable < order && weights * symbols <= mostWeights {
      weights *= symbols
      affordable += 1
    }
    guard affordable == order else {
      throw BPBError(
        .usage, "order \(order) over \(symbols) symbols takes more than \(mostWeights) weights",
        advice: "lower order to \(affordable), or take fewer symbols")
    }
  }

  private static func checkEntropy(_ rate: Double, symbols: Int) throws(BPBError) {
    guard rate <= PortableMath.log2(Double(symbols)) + 1e-6 else {
      let needed = (symbols...256).first { PortableMath.log2(Double($0)) >= rate }!
      throw BPBError(
        .usage, "\(symbols) symbols have less than \(Millionths(count: Int(rate * 1e6))) bits",
        advice: "lower entropy, or take symbols=\(needed)")
    }
  }
}
