import BPBCore

/// The templates and words of the `grammar` source.
///
/// A word stands in one list only, no fixed word stands in a list, and no two templates have the same
/// sequence of fixed words and lists. Words end where a blank, a comma or a full stop stands. So a sentence
/// tells its derivation, as `TemplateGrammar` needs it.
package enum GrammarVocabulary {
  /// Fixed words, and in braces the lists from which slots are filled.
  package static let templates = [
    "The {adjective} {role} {verb} the {thing}",
    "{name} {verb} a {adjective} {thing} in {place}",
    "In {month} of that year the {role} {motion} to {place}",
    "{name} and {name} {motion} {adverb} through {place}",
    "Nobody in {place} {verb} the {adjective} {thing}",
    "The {thing} of {name} was made of {material}",
    "At dawn {number} {animal} {motion} {adverb} past the {role}",
    "It was a {weather} morning, and the {role} {motion} {adverb} home",
    "When the {role} {motion} away, {name} {verb} the {thing} of {material}",
    "{name} traded {number} boxes of {material} to the {role} of {place}",
    "Why the {role} {verb} the {animal}, {name} never knew",
    "Since {month} the {adjective} {role} has fed {number} {animal}",
    "Between {place} and {place} there is a {adjective} road",
    "{name}, the {role} of {place}, {motion} {adverb}",
    "On a {weather} evening {name} {verb} the {role}",
    "By {month} every {role} in {place} had a {adjective} {thing}",
  ]

  /// The lists, their words separated by blanks.
  package static let lists: [(name: String, words: String)] = [
    (
      "name",
      """
      Ada Bruno Clara Dorian Edith Felix Greta Hugo Ines Jonas Karin Leon Mabel Nora Oscar Paula
      Quentin Rosa Simon Tilda Ursula Viktor Wilma Xaver Yvonne Zeno Agnes Boris Celia Dmitri Elsa
      Frieda Gustav Hanna Igor Judith Konrad Livia Marek Nadia Otto Petra Rufus Sonja Tomas Ulrich
      Vera Walter
      """
    ),
    (
      "place",
      """
      Arden Bergen Cadiz Dover Elgin Fulda Ghent Hobart Izmir Jena Kassel Lisbon Malaga Narvik
      Odessa Parma Quito Riga Seville Turin Uppsala Verona Weimar Xanten York Zagreb Antwerp
      Bilbao Cork Delft Erfurt Faro Genoa Halifax Ithaca Krakow Leiden Minsk Nantes Oporto
      """
    ),
    (
      "month",
      """
      January February March April May June July August September October November December
      """
    ),
    (
      "role",
      """
      captain baker lawyer miller painter sailor teacher widow carpenter doctor farmer gardener
      hunter innkeeper judge king librarian merchant nurse orphan pilot queen ranger smith tailor
      usher vicar watchman brewer clerk dancer envoy fisher goldsmith herald jester knight
      locksmith messenger notary
      """
    ),
    (
      "thing",
      """
      lamp ladder kettle mirror basket hammer letter piano ribbon saddle trumpet violin wagon
      anchor barrel candle drawer easel feather glove helmet inkwell jacket key lantern map needle
      oar pillow quilt rope shovel table umbrella vase whistle axe bell clock desk engine flag
      gate harp ivory jug kite lock medal notebook organ plough quill ring spoon
      """
    ),
    (
      "adjective",
      """
      bright careful distant faithful gentle heavy lonely modest narrow patient quiet rusty silent
      tired useful weary young brave clever dusty famous grateful hollow jealous kind little merry
      nervous pale rich sober tall vain wise bitter cheerful damp fragile golden humble lucky
      muddy noble polite proud ragged shy tender
      """
    ),
    (
      "verb",
      """
      found lost sold bought painted carried dropped followed guarded hid ignored joined kept
      loved mended noticed offered praised remembered saw took used visited watched admired
      borrowed cleaned described examined feared greeted hated invented judged knocked lifted
      measured needed opened promised
      """
    ),
    (
      "motion",
      """
      walked sailed rode marched wandered hurried ran crawled drifted escaped fled glided hiked
      journeyed leapt moved paced rushed slipped travelled turned vanished waded climbed
      """
    ),
    (
      "adverb",
      """
      slowly gladly quietly swiftly boldly calmly daily eagerly firmly gently happily idly justly
      keenly loudly meekly neatly oddly politely rarely sadly truly vaguely warily
      """
    ),
    (
      "material",
      """
      amber brass copper glass honey iron leather marble nickel oak paper quartz rubber silver tin
      velvet wax zinc bronze clay ebony flax granite jade
      """
    ),
    (
      "number",
      """
      two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
      seventeen eighteen nineteen twenty thirty
      """
    ),
    (
      "animal",
      """
      badgers camels dogs eagles foxes geese horses lions mice otters pigeons rabbits sheep tigers
      wolves bears cats donkeys finches goats hares larks moles owls
      """
    ),
    (
      "weather",
      """
      sunny rainy cloudy foggy windy frosty stormy misty snowy hazy mild cold warm dry humid
      gloomy
      """
    ),
  ]

  /// The grammar that `seed` makes of the templates: their weights and the order of words in each list.
  static func grammar(fillers: GrammarSource.Fillers, seed: UInt64) -> TemplateGrammar {
    var generator = SeededGenerator(seed: seed, for: .parameters)
    let chosen = lists.map { list in
      var words = list.words.split { $0.isWhitespace }.map(String.init)
      generator.shuffle(&words)
      return (name: "{\(list.name)}", words: fillers.choose(from: words))
    }
    return TemplateGrammar(
      templates.map { template in
        (items: items(of: template, chosen), weight: UInt32(1 + generator.next(below: 8)))
      })
  }

  private static func items(
    of template: String, _ lists: [(name: String, words: [String])]
  ) -> [TemplateGrammar.Item] {
    let fields = template.split(separator: " ")
    return fields.enumerated().map { position, field in
      let word = field.hasSuffix(",") ? field.dropLast() : field
      let suffix = (field.hasSuffix(",") ? "," : "") + (position < fields.count - 1 ? " " : "")
      guard let list = lists.first(where: { $0.name == word }) else {
        return TemplateGrammar.Item(word + suffix)
      }
      let weights = (1...list.words.count).map { UInt32(1 << 16) / UInt32($0) }
      return TemplateGrammar.Item(list.words.map { $0 + suffix }, weights: weights)
    }
  }
}

extension GrammarSource.Fillers {
  /// Those of `words` that belong to this choice, in their order.
  fileprivate func choose(from words: [String]) -> [String] {
    let numbered = words.enumerated()
    switch self {
    case .all: return words
    case .train: return numbered.filter { $0.offset % 4 != 3 }.map(\.element)
    case .heldout: return numbered.filter { $0.offset % 4 == 3 }.map(\.element)
    }
  }
}
