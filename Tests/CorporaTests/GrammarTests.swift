import BPBCore
import Corpora
import Testing

struct GrammarTests {
  private typealias Item = TemplateGrammar.Item

  /// "a x. ", "a y. ", "b. " and the like with a line end.
  private static let small = GrammarSource(
    name: "x",
    grammar: TemplateGrammar([
      (items: [Item("a "), Item(["x", "yy"], weights: [3, 1])], weight: 1),
      (items: [Item("b")], weight: 3),
    ]))

  private func bits(_ text: String, _ source: GrammarSource = small) -> Double {
    source.codeLength(of: Array(text.utf8)).bits
  }

  @Test func theRateIsThatOfASentenceOverItsLength() {
    let ofOneQuarter = 0.8112781244591328
    let ofOneEighth = 0.5435644431995964
    let entropy = ofOneQuarter + ofOneQuarter / 4 + ofOneEighth
    let length = 3.25 / 4 + 3.0 / 4 + 2
    #expect(abs(Self.small.entropyRate.middle - entropy / length) < 1e-12)
    #expect(Self.small.entropyRate.isExact)
  }

  @Test func wholeSentencesCostTheirDerivations() {
    let log2Of3 = 1.584962500721156
    let log2Of7 = 2.807354922057604
    #expect(abs(bits("a yy.\n") - (2 + 2 + 3)) < 1e-12)
    #expect(abs(bits("a x. ") - (2 + 2 - log2Of3 + 3 - log2Of7)) < 1e-12)
    #expect(abs(bits("b. b. a yy.\n") - (2 * (2 - log2Of3 + 3 - log2Of7) + 7)) < 1e-12)
  }

  @Test func endsInsideASentenceAreSummedOver() {
    let log2Of3 = 1.584962500721156
    #expect(bits("") == 0)
    #expect(abs(bits("a") - 2) < 1e-12)
    #expect(abs(bits("a ") - 2) < 1e-12)
    #expect(abs(bits("a y") - 4) < 1e-12)
    #expect(abs(bits("a yy.") - 4) < 1e-12)
    #expect(abs(bits("b") - (2 - log2Of3)) < 1e-12)
    #expect(bits("a y.") == .infinity && bits("a yy..") == .infinity && bits(" ") == .infinity)
    #expect(bits("b.a") == .infinity && bits(".") == .infinity)
    #expect(bits(String(repeating: "a", count: 5000)) == .infinity)
  }

  /// Of a sentence with several derivations every one counts, also of those that come to different places.
  @Test func derivationsAreSummedOver() {
    let ambiguous = GrammarSource(
      name: "x",
      grammar: TemplateGrammar([
        (
          items: [Item(["a", "ab"], weights: [1, 1]), Item(["b", "bb"], weights: [1, 1])], weight: 1
        ),
        (items: [Item("abb")], weight: 1),
      ]))
    // "abb": 1/2 (a·bb 1/4 + ab·b 1/4) + 1/2.
    #expect(abs(bits("abb.\n", ambiguous) - (0.4150374992788438 + 3)) < 1e-12)
    #expect(abs(bits("ab", ambiguous) - 0) < 1e-12)
    #expect(abs(bits("abb", ambiguous) - 0.1926450779423958) < 1e-12)
  }

  @Test func wordsTellTheirLists() {
    let words = GrammarVocabulary.lists.flatMap { $0.words.split { $0.isWhitespace } }
    let fixed = GrammarVocabulary.templates.flatMap { $0.split(separator: " ") }
      .map { $0.hasSuffix(",") ? $0.dropLast() : $0 }.filter { !$0.hasPrefix("{") }
    #expect(Set(words).count == words.count)
    #expect(Set(words).isDisjoint(with: fixed))
    #expect((words + fixed).allSatisfy { $0.allSatisfy { $0.isASCII && $0.isLetter } })
    #expect(Set(GrammarVocabulary.templates).count == GrammarVocabulary.templates.count)
    let slots = GrammarVocabulary.templates.flatMap { $0.split { " ,".contains($0) } }
      .filter { $0.hasPrefix("{") }
    #expect(Set(slots) == Set(GrammarVocabulary.lists.map { "{\($0.name)}" }))
  }

  private func words(_ name: String, seed: UInt64) throws -> Set<Substring> {
    let bytes = try KnownSourceTable.builtin.source(named: name).bytes(count: 200_000, seed: seed)
    let text = String(decoding: bytes.prefix { _ in true }, as: UTF8.self)
    // The last word may be cut.
    return Set(text.split { !$0.isLetter }.dropLast())
  }

  @Test func heldOutWordsAreNotTrainedOn() throws {
    let lists = Set(GrammarVocabulary.lists.flatMap { $0.words.split { $0.isWhitespace } })
    let train = try words("grammar:train:seed=3", seed: 1).intersection(lists)
    let heldOut = try words("grammar:heldout:seed=3", seed: 2).intersection(lists)
    let all = try words("grammar:all:seed=3", seed: 3).intersection(lists)
    #expect(train.isDisjoint(with: heldOut))
    #expect(train.count > 2 * heldOut.count && heldOut.count > 90)
    #expect(train.union(heldOut).isSuperset(of: all))
    #expect(try words("grammar:heldout:seed=4", seed: 2).intersection(lists) != heldOut)
    let other = try KnownSourceTable.builtin.source(named: "grammar:heldout:seed=3")
    let text = try KnownSourceTable.builtin.source(named: "grammar:train:seed=3")
      .bytes(count: 500, seed: 1)
    #expect(other.codeLength(of: text).bits == .infinity)
  }
}
