import BPBCore

/// Fresh English text without end, from templates with slots: looks like language, and its entropy rate is
/// known exactly.
///
/// Every slot has a list of words. A seed orders each list; of the words in that order, every fourth is
/// held out. Whether what was learned from sentences over the others carries over to words never seen can
/// so be measured. The word of rank r has a weight in proportion to 1/r, as in Zipf's law.
public struct GrammarSource: KnownSource {
  /// Which words slots are filled with.
  public enum Fillers: String, CaseIterable, Sendable {
    /// Three in four of each list.
    case train
    /// The others.
    case heldout
    /// All words.
    case all
  }

  public let name: String
  public let entropyRate: EntropyRate
  let grammar: TemplateGrammar

  init(name: String, fillers: Fillers, seed: UInt64) {
    self.init(name: name, grammar: GrammarVocabulary.grammar(fillers: fillers, seed: seed))
  }

  package init(name: String, grammar: TemplateGrammar) {
    self.name = name
    self.grammar = grammar
    entropyRate = EntropyRate(exactly: grammar.entropyRate)
  }

  /// Begins with a sentence.
  public func makeEmitter(seed: UInt64) -> any SourceEmitter {
    Emitter(grammar: grammar, generator: SeededGenerator(seed: seed, for: .emissions))
  }

  /// Whole sentences are measured as they end; what is left at the end of the text is measured as the
  /// beginning of a sentence.
  public func makeMeter() -> any SourceMeter { Meter(grammar: grammar) }

  private struct Emitter: SourceEmitter {
    let grammar: TemplateGrammar
    var generator: SeededGenerator
    /// What a piece before had no room for.
    var pending: [UInt8] = []

    mutating func emit(_ count: Int, into bytes: inout [UInt8]) {
      let end = bytes.count + count
      bytes += pending
      while bytes.count < end { grammar.emitSentence(into: &bytes, from: &generator) }
      pending = Array(bytes[end...])
      bytes.removeLast(pending.count)
    }
  }

  private struct Meter: SourceMeter {
    let grammar: TemplateGrammar
    private var sentence: [UInt8] = []
    private var endsAfterNext = false
    private var product = LogarithmicProduct()

    init(grammar: TemplateGrammar) { self.grammar = grammar }

    var bits: Double {
      var total = product
      if !sentence.isEmpty {
        total.multiply(by: grammar.probability(of: sentence, isWhole: false))
      }
      return total.bits
    }

    mutating func add(_ bytes: Span<UInt8>) {
      for index in bytes.indices {
        let byte = bytes[index]
        // Beyond that no sentence is possible, and nothing need be kept.
        guard sentence.count <= grammar.longestSentence else { return }
        sentence.append(byte)
        if endsAfterNext {
          product.multiply(by: grammar.probability(of: sentence, isWhole: true))
          sentence.removeAll(keepingCapacity: true)
        }
        endsAfterNext = byte == TemplateGrammar.fullStop && !endsAfterNext
      }
    }
  }
}
