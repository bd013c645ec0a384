/// What a mix consists of: the points between speed and size.
struct MixLevel: Sendable {
  /// As it is written in a method's name.
  let name: String
  var contexts: [MixContext]
  /// The fewest bytes that matches agree on.
  var matches: [Int]
  var selectors: [MixSelector]
  /// By what the weights of the last sums are chosen.
  var lastSelectors: [MixSelector] = [.bits, .lastByte, .match, .classTriple]
  /// How quickly weights move.
  var rates = MixerRates(least: 4, first: 84)
  /// Bytes a second, about.
  var speed: Double

  static let all = [fast, balanced, max]

  static let fast = MixLevel(
    name: "fast",
    contexts: orders(1, 2, 3, 4, 6) + [
      .of(.word, bytes: 1), .of(.word, .previousWord), .of(.column, bytes: 1), .of(.classes2),
      .of(.shortShape, bytes: 2), .of(.marks, bytes: 1),
    ],
    matches: [7],
    selectors: [.bits, .lastByte, .match, .classes],
    speed: 1e6)

  static let balanced = MixLevel(
    name: "balanced",
    contexts: orders(1, 2, 3, 4, 5, 6) + [
      .of(.longerOrder),
      .of(.word, bytes: 1), .of(.word, .previousWord), .of(.word, .wordBefore),
      .of(.previousWord, bytes: 2), .of(.word, .distance), .of(.previousWord, .gap, .distance),
      .of(.column, bytes: 1), .of(.above, .column, bytes: 1), .of(.above, .aboveNext, bytes: 1),
      .of(.word, .lineWord), .of(.lineWord, .column),
      .of(.classes2), .of(.classes6, bytes: 1), .of(.classes10, bytes: 2),
      .of(.shortShape, bytes: 2), .of(.shape, .word),
      .of(.tag, .word), .of(.nesting, bytes: 1), .of(.nesting, bytes: 2), .of(.nesting, .word),
      .of(.marks, bytes: 1), .of(.marks, .word), .of(.lastMark, .word),
      .of(.afterByte, bytes: 1), .of(.afterByteTwo, bytes: 2), .of(.afterPair, bytes: 1),
      .of(.afterPairOne, bytes: 2), .of(.afterTriple, bytes: 1), .of(.afterWord, bytes: 1),
      .of(.expected, bytes: 2), .of(.expected, .expectedLength),
    ],
    matches: [5, 8],
    selectors: [.bits, .lastByte, .match, .classTriple, .wordLength, .secondHistory, .expected],
    rates: MixerRates(least: 3, first: 63),
    speed: 3e5)

  static let max = MixLevel(
    name: "max",
    contexts: orders(1, 2, 3, 4, 5, 6) + [
      .of(.longOrder), .of(.longerOrder),
      // Words.
      .of(.word, bytes: 1), .of(.word, .previousWord), .of(.word, .wordBefore),
      .of(.word, .previousWord, .wordBefore), .of(.word, .thirdWord, bytes: 1),
      .of(.word, .fourthWord, bytes: 1), .of(.previousWord, bytes: 1),
      .of(.previousWord, bytes: 2), .of(.word, .lastClass), .of(.word, .firstLetters),
      .of(.firstLettersLength), .of(.letters6), .of(.letters3), .of(.lastLetters, bytes: 2),
      .of(.word, .previousEnding), .of(.word, .previousStem), .of(.word, .distance),
      .of(.previousWord, .gap, .distance), .of(.word, .gapBefore, bytes: 1),
      .of(.gap, .previousWord, .wordBefore), .of(.word, .sentence),
      // Lines and columns.
      .of(.column, bytes: 1), .of(.above, .column, bytes: 1), .of(.above, .aboveNext, bytes: 1),
      .of(.above, .word), .of(.word, .lineHead), .of(.word, .lineWord), .of(.lineWord, .column),
      // Bytes with gaps.
      .bytes(0xFF00), .bytes(0xFF_0000), .bytes(0xFF00_0000), .bytes(0xFF_00FF),
      .bytes(0xF0F0_F0F0_F0F0), .bytes(0xDF_DFDF_DFE0),
      // Classes and shapes.
      .of(.classes2), .of(.classes4, bytes: 1), .of(.classes6, bytes: 1),
      .of(.classes10, bytes: 1), .of(.classes10, bytes: 2), .of(.classes10, .word),
      .of(.shape, bytes: 1), .of(.shortShape, bytes: 2), .of(.shape, .word),
      .of(.vowels, bytes: 1), .of(.threeVowels, bytes: 2),
      // What encloses, and marks.
      .of(.tag, .word), .of(.nesting, bytes: 1), .of(.nesting, bytes: 2), .of(.nesting, .word),
      .of(.quote, .word), .of(.quote, bytes: 3), .of(.marks, bytes: 1), .of(.marks, .word),
      .of(.twoMarks, .previousWord, .beginning), .of(.lastMark, .word), .of(.number),
      .of(.number, .word),
      // Characters.
      .of(.threeCharacters), .of(.fourCharacters), .of(.skippedCharacter),
      // What followed.
      .of(.afterByte, bytes: 1), .of(.afterByteTwo, bytes: 2), .of(.afterPair, bytes: 1),
      .of(.afterPairOne, bytes: 2), .of(.afterTriple, bytes: 1), .of(.afterWord, bytes: 1),
      // What is expected.
      .of(.expected, bytes: 2), .of(.expected, .word), .of(.expected, .expectedToo, bytes: 1),
      .of(.expected, .expectedLength), .of(.expected, .previousWord, .beginning),
    ],
    matches: [5, 8],
    selectors: [
      .bits, .lastByte, .byteBefore, .match, .classes, .classTriple, .wordLength, .column,
      .secondHistory, .wordHistory, .byteAbove, .expected, .misses, .followed,
    ],
    // Many inputs move a sum far.
    rates: MixerRates(least: 2, first: 42),
    speed: 1e5)

  private static func orders(_ orders: Int...) -> [MixContext] { orders.map(MixContext.order) }
}
