import BPBCore

/// Sentences made from templates: a template is drawn, then a string for each of its items.
///
/// Every sentence ends with ". " or ".\n", and a full stop stands nowhere else. So a text falls into its
/// sentences in one way. If moreover no two derivations give one sentence, the entropy rate is exactly
/// the entropy of a derivation over the mean length of a sentence.
package struct TemplateGrammar: Sendable {
  /// What an item may be, each string with its weight.
  package struct Item: Sendable {
    let strings: [[UInt8]]
    let weights: WeightedRows

    package init(_ strings: [String], weights: [UInt32]) {
      precondition(strings.count == weights.count && !strings.isEmpty, "a weight for each string")
      self.strings = strings.map { Array($0.utf8) }
      self.weights = WeightedRows(weights, length: weights.count)
    }

    /// The same string always.
    package init(_ string: String) { self.init([string], weights: [1]) }
  }

  static let fullStop = UInt8(ascii: ".")
  /// A paragraph has eight sentences on average.
  private static let sentenceEnd = Item([". ", ".\n"], weights: [7, 1])

  /// Each ends with the end of a sentence.
  let templates: [[Item]]
  let weights: WeightedRows
  /// Bytes of the longest sentence.
  let longestSentence: Int

  /// A grammar of templates without full stops, to each of which the end of a sentence is added.
  package init(_ templates: [(items: [Item], weight: UInt32)]) {
    self.templates = templates.map { $0.items + [Self.sentenceEnd] }
    weights = WeightedRows(templates.map(\.weight), length: templates.count)
    precondition(
      templates.allSatisfy { template in
        template.items.allSatisfy { $0.strings.allSatisfy { !$0.contains(Self.fullStop) } }
      }, "a full stop ends a sentence and stands nowhere else")
    longestSentence =
      self.templates.map { items in
        items.reduce(0) { $0 + ($1.strings.map(\.count).max() ?? 0) }
      }.max() ?? 0
  }

  /// Bits per byte, exactly if no two derivations give one sentence; an upper bound otherwise.
  var entropyRate: Double {
    var bits = weights.entropy(ofRow: 0)
    var length = 0.0
    for (index, template) in templates.enumerated() {
      let p = weights.probability(of: index)
      bits += p * template.reduce(0) { $0 + $1.weights.entropy(ofRow: 0) }
      length += p * template.reduce(0) { $0 + $1.meanLength }
    }
    return bits / length
  }

  /// Appends a sentence to `bytes`.
  func emitSentence(into bytes: inout [UInt8], from generator: inout SeededGenerator) {
    for item in templates[weights.draw(row: 0, from: &generator)] {
      // A fixed string takes no random number.
      let choice = item.strings.count == 1 ? 0 : item.weights.draw(row: 0, from: &generator)
      bytes += item.strings[choice]
    }
  }
}

extension TemplateGrammar.Item {
  fileprivate var meanLength: Double {
    strings.indices.reduce(0) { $0 + weights.probability(of: $1) * Double(strings[$1].count) }
  }
}
