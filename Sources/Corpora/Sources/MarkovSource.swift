public import BPBCore

/// A Markov source of order k over a few bytes, whose entropy rate is known: a yardstick for methods.
///
/// Probabilities are ratios of integers and symbols are drawn by integer arithmetic, so that a seed
/// gives the same text on every machine.
public struct MarkovSource: Sendable {
  /// The symbols, in the order of the weights.
  public let alphabet: [UInt8]
  /// Symbols that the next one depends on.
  public let order: Int
  /// One row for each context, in each the weights of the alphabet's symbols.
  ///
  /// The row of a context is the number that its symbols' positions in the alphabet spell in base
  /// `alphabet.count`, the most recent as the last digit.
  public let weights: [UInt32]

  let contextCount: Int

  /// A source with given weights: in each row not all are zero, and their sum is under 2^32.
  ///
  /// The entropy rate is that of the whole source only if every context can be reached from every
  /// other one, as is so when no weight is zero.
  public init(alphabet: [UInt8], order: Int, weights: [UInt32]) {
    precondition(!alphabet.isEmpty && order >= 0, "a Markov source needs symbols")
    contextCount = (0..<order).reduce(1) { count, _ in count * alphabet.count }
    precondition(
      weights.count == contextCount * alphabet.count, "one weight a symbol in every context")
    self.alphabet = alphabet
    self.order = order
    self.weights = weights
  }

  /// A source with weights drawn from `seed`: 2^e with e uniform in 0...15, row by row, so that a few
  /// symbols are likely in a context and all are possible.
  public init(alphabet: [UInt8], order: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = (0..<order).reduce(1) { count, _ in count * alphabet.count }
    let weights = (0..<rows * alphabet.count).map { _ in UInt32(1) << generator.next(below: 16) }
    self.init(alphabet: alphabet, order: order, weights: weights)
  }

  /// `count` bytes drawn with `generator`, after a context of `order` times the first symbol.
  public func bytes(count: Int, from generator: inout SeededGenerator) -> [UInt8] {
    var context = 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for _ in 0..<count {
      let symbol = draw(in: context, from: &generator)
      bytes.append(alphabet[symbol])
      context = successor(of: context, symbol)
    }
    return bytes
  }

  private func draw(in context: Int, from generator: inout SeededGenerator) -> Int {
    let row = row(of: context)
    var target = generator.next(below: total(of: context))
    var symbol = 0
    while target >= UInt64(row[row.startIndex + symbol]) {
      target -= UInt64(row[row.startIndex + symbol])
      symbol += 1
    }
    return symbol
  }

  func row(of context: Int) -> ArraySlice<UInt32> {
    weights[context * alphabet.count..<(context + 1) * alphabet.count]
  }

  func total(of context: Int) -> UInt64 {
    row(of: context).reduce(0) { $0 + UInt64($1) }
  }

  func successor(of context: Int, _ symbol: Int) -> Int {
    (context * alphabet.count + symbol) % contextCount
  }
}
