import BPBCore

/// A Markov source with a name: of order 0, symbols drawn independently, or of a higher one.
public struct NamedMarkovSource: KnownSource {
  public let name: String
  /// Alphabet, order and integer weights.
  public let chain: MarkovSource
  /// The rate of the integer weights; bounds where the chain takes too long to forget its start.
  public let entropyRate: EntropyRate
  private let tables: MarkovTables
  private let costs: [Double]

  package init(name: String, chain: MarkovSource) {
    self.name = name
    self.chain = chain
    tables = MarkovTables(chain)
    costs = tables.costs
    entropyRate = tables.entropyRate
  }

  /// Begins in the context of `order` times the first symbol, as `MarkovSource` does.
  public func makeEmitter(seed: UInt64) -> any SourceEmitter {
    MarkovTables.Emitter(tables: tables, generator: SeededGenerator(seed: seed, for: .emissions))
  }

  public func makeMeter() -> any SourceMeter { MarkovTables.Meter(tables: tables, costs: costs) }
}
