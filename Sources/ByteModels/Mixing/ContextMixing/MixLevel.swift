/// What a mix consists of: the points between speed and size.
struct MixLevel: Sendable {
  /// As it is written in a method's name.
  let name: String
  var contexts: [MixContext]
  /// Contexts of text; where bytes are no text, `ofData` takes the places of the first of them.
  var ofText: [MixContext] = []
  var ofData: [MixContext] = []
  /// Contexts that take others' places where words are ideographs; none: it is a narrow script as others are.
  var ofIdeographs: [MixReplacement] = []
  /// Of the log-linear model, in groups whose sums are evidence of their own; where bytes are no text, `logLinearOfData`
  /// takes the places of the last group.
  var logLinear: [[MixContext]]
  var logLinearOfData: [MixContext] = []
  var logLinearOfIdeographs: [MixReplacement] = []
  /// Chains of contexts, each smoothed by the one before it.
  var chains: [MixChain] = []
  /// Dots around the next one, of pictures whose bytes are eight dots each.
  var dots: [DotTemplate] = []
  /// The fewest bytes that matches agree on.
  var matches: [Int]
  var selectors: [MixSelector]
  /// By what the weights of the last sums are chosen.
  var lastSelectors: [MixSelector] = [.bits, .lastByte, .match, .classTriple]
  /// What is learned of mixed probabilities.
  var estimates: [MixEstimate] = [.lastByte, .twoBytes]
  /// How quickly weights move.
  var rates = MixerRates(least: 4, leastOfData: 20, first: 84)
  /// Bytes a second, about.
  var speed: Double

  static let all = [fast, balanced, max]

  static let fast = MixLevel(
    name: "fast",
    contexts: orders(1, 2, 3, 4, 6),
    ofText: [
      .of(.word, bytes: 1), .of(.word, .previousWord), .of(.column, bytes: 1), .of(.classes2),
      .of(.shortShape, bytes: 2), .of(.marks, bytes: 1),
    ],
    ofData: [
      .of(.row, .rowBefore), .of(.row, .rowNext, .rowSlope), .of(.rowColumn, .row),
      .bytes(0xFF00), .bytes(0xFF_0000), .bytes(0xF0F0_F0F0_F0F0),
    ],
    ofIdeographs: [
      MixReplacement(of: .order(1), by: .of(.lastMark, .word)),
      MixReplacement(of: .order(2), by: .of(.expected, bytes: 2)),
      MixReplacement(of: .of(.column, bytes: 1), by: .of(.skippedCharacter)),
      MixReplacement(of: .of(.shortShape, bytes: 2), by: .of(.classes6, bytes: 1)),
    ],
    logLinear: orderGroups + [[.of(.word, bytes: 1), .of(.word, .previousWord)]],
    logLinearOfData: [.of(.row, .rowBefore), .of(.row, .rowNext, .rowSlope)],
    logLinearOfIdeographs: [
      MixReplacement(of: .of(.word, .previousWord), by: .of(.word, .wordBefore))
    ],
    matches: [7],
    selectors: [.bits, .classTriple, .match, .wordLength],
    speed: 1e6)

  static let balanced = MixLevel(
    name: "balanced",
    contexts: orders(1, 2, 3, 4, 5, 6) + [
      .of(.longerOrder),
      .of(.afterOne, bytes: 1), .of(.afterOneTwo, bytes: 2), .of(.afterPair, bytes: 1),
      .of(.afterPairOne, bytes: 2), .of(.afterTriple, bytes: 1),
      .of(.expected, bytes: 2), .of(.expected, .expectedLength),
    ],
    ofText: [
      .of(.word, bytes: 1), .of(.word, .previousWord), .of(.word, .wordBefore),
      .of(.previousWord, bytes: 2), .of(.word, .distance), .of(.previousWord, .gap, .distance),
      .of(.column, bytes: 1), .of(.above, .column, bytes: 1), .of(.word, .lineWord),
      .of(.classes2), .of(.classes6, bytes: 1), .of(.classes10, bytes: 2),
      .of(.shortShape, bytes: 2), .of(.shape, .word), .of(.tag, .word), .of(.nesting, bytes: 1),
      .of(.marks, bytes: 1), .of(.lastMark, .word), .of(.afterWord, bytes: 1),
      .of(.skippedCharacter),
    ],
    ofData: recordsAndRows + [
      .bytes(0xFF00), .bytes(0xFF_00FF), .bytes(0xFF_0000), .bytes(0xF0F0_F0F0_F0F0),
    ],
    logLinear: orderGroups + [
      [
        .of(.word, bytes: 1), .of(.word, .previousWord), .of(.word, .wordBefore),
        .of(.previousWord, bytes: 2), .of(.word, .lineWord), .of(.column, bytes: 1),
        .of(.shortShape, bytes: 2), .of(.nesting, bytes: 2), .of(.skippedCharacter),
      ]
    ],
    logLinearOfData: Array(recordsAndRows.prefix(9)),
    matches: [5, 8],
    selectors: [.bits, .lastByte, .match, .classTriple, .wordLength, .secondHistory, .expected],
    rates: MixerRates(least: 3, leastOfData: 14, first: 63),
    speed: 3e5)

  static let max = MixLevel(
    name: "max",
    contexts: orders(1, 2, 3, 4, 5, 6) + [
      .of(.longOrder), .of(.longerOrder), .order(7), .order(8),
      // Bytes with gaps.
      .bytes(0xFF00), .bytes(0xFF_0000), .bytes(0xFF00_0000), .bytes(0xFF_00FF),
      .bytes(0xF0F0_F0F0_F0F0), .bytes(0xDF_DFDF_DFE0),
      // What followed.
      .of(.afterOne, bytes: 1), .of(.afterOneTwo, bytes: 2), .of(.afterPair, bytes: 1),
      .of(.afterPairOne, bytes: 2), .of(.afterTriple, bytes: 1),
      // What is expected.
      .of(.expected, bytes: 2), .of(.expected, .expectedToo, bytes: 1),
      .of(.expected, .expectedLength), .of(.expected, bytes: 3),
      .of(.expected, .expectedLength, bytes: 1), .of(.expected, .expectedToo, .expectedLength),
    ],
    ofText: [
      // Words.
      .of(.word, bytes: 1), .of(.word, .previousWord), .of(.word, .wordBefore),
      .of(.word, .previousWord, .wordBefore), .of(.word, .thirdWord, bytes: 1),
      .of(.word, .fourthWord, bytes: 1), .of(.previousWord, bytes: 1),
      .of(.previousWord, bytes: 2), .of(.word, .lastClass), .of(.word, .firstLetters),
      .of(.firstLettersLength), .of(.letters6), .of(.letters3), .of(.lastLetters, bytes: 2),
      .of(.word, .previousEnding), .of(.word, .previousStem), .of(.word, .distance),
      .of(.previousWord, .gap, .distance), .of(.word, .gapBefore, bytes: 1),
      .of(.gap, .previousWord, .wordBefore), .of(.word, .sentence),
      .of(.word, .previousWord, .thirdWord), .of(.word, .previousWord, .fourthWord),
      .of(.word, .wordBefore, .thirdWord), .of(.word, .previousWord, .gapBefore),
      .of(.sentence), .of(.sentence, bytes: 2), .of(.lastLetters), .of(.lastLetters, .word),
      // Lines and columns.
      .of(.column, bytes: 1), .of(.above, .column, bytes: 1), .of(.above, .aboveNext, bytes: 1),
      .of(.above, .word), .of(.word, .lineHead), .of(.word, .lineWord), .of(.lineWord, .column),
      .of(.column, .lastClass), .of(.above, .aboveNext, .column), .of(.lineLength, .column, .above),
      .of(.paragraphLine, .column), .of(.lineWord), .of(.lineWord, bytes: 1),
      .of(.lineWord, bytes: 2), .of(.lineWord, bytes: 3), .of(.lineWord, .previousWord, .word),
      // Which part of the text it is.
      .of(.keyword, .gap), .of(.keyword, .column), .of(.keyword, .lineWord),
      .of(.keyword, bytes: 2), .of(.keyword, .word, bytes: 1),
      .of(.keyword, .previousWord, bytes: 1), .of(.outerWord, .column), .of(.outerWord, .lineWord),
      .of(.outerWord, .word, bytes: 1), .of(.line), .of(.line, bytes: 1), .of(.stretch, bytes: 3),
      .of(.stretch, .word), .of(.longStretch, bytes: 3), .of(.longStretch, .word),
      // Classes and shapes.
      .of(.classes2), .of(.classes4, bytes: 1), .of(.classes6, bytes: 1),
      .of(.classes10, bytes: 1), .of(.classes10, bytes: 2), .of(.classes10, .word),
      .of(.shape, bytes: 1), .of(.shortShape, bytes: 2), .of(.shape, .word),
      .of(.vowels, bytes: 1), .of(.threeVowels, bytes: 2), .of(.vowels), .of(.shape),
      .of(.shape, .previousWord), .of(.shortShape, .word),
      // What encloses, and marks.
      .of(.tag, .word), .of(.nesting, bytes: 1), .of(.nesting, bytes: 2), .of(.nesting, .word),
      .of(.nesting, bytes: 3), .of(.nesting, .previousWord, .word), .of(.tag, bytes: 2),
      .of(.tag, .nesting, bytes: 1), .of(.tag, .previousWord),
      .of(.quote, .word), .of(.quote, bytes: 3), .of(.quote, .previousWord),
      .of(.marks, bytes: 1), .of(.marks, bytes: 2), .of(.marks, .word), .of(.twoMarks, bytes: 1),
      .of(.twoMarks, .previousWord, .beginning), .of(.lastMark, .word),
      .of(.lastMark, .previousWord, .word), .of(.number), .of(.number, bytes: 2),
      .of(.number, .word),
      // Characters.
      .of(.threeCharacters), .of(.fourCharacters), .of(.skippedCharacter),
      // What followed words, and is expected.
      .of(.afterWord, bytes: 1), .of(.expected, .word), .of(.expected, .previousWord, .beginning),
      .of(.expected, .lineWord), .of(.expected, .column), .of(.expected, .above),
    ],
    ofData: recordsAndRows + moreRecordsAndRows,
    logLinear: orderGroups + [
      [
        .of(.longOrder), .of(.afterOne, bytes: 1), .of(.afterPair, bytes: 1),
        .of(.afterTriple, bytes: 1), .of(.expected, bytes: 2), .of(.expected, .expectedLength),
      ],
      [
        .of(.word, bytes: 1), .of(.word, .previousWord), .of(.word, .wordBefore),
        .of(.previousWord, bytes: 2), .of(.word, .distance),
        .of(.previousWord, .gap, .distance), .of(.afterWord, bytes: 1),
        .of(.column, bytes: 1), .of(.above, .column, bytes: 1), .of(.above, .aboveNext, bytes: 1),
        .of(.word, .lineWord), .of(.lineWord, .column), .of(.lineWord, bytes: 2),
        .of(.keyword, .gap), .of(.stretch, .word), .of(.outerWord, .word, bytes: 1),
        .of(.classes2), .of(.classes6, bytes: 1), .of(.classes10, bytes: 2),
        .of(.shortShape, bytes: 2), .of(.shape, .word), .of(.tag, .word),
        .of(.nesting, bytes: 1), .of(.nesting, bytes: 2), .of(.nesting, .word),
        .of(.marks, bytes: 1), .of(.marks, .word), .of(.lastMark, .word),
        .bytes(0xFFFF00), .bytes(0xFF_0000), .of(.threeCharacters), .of(.skippedCharacter),
      ],
    ],
    logLinearOfData: recordsAndRows.filter { $0 != .bytes(0xFFFF00) }
      + Array(moreRecordsAndRows.prefix(13)),
    chains: [
      MixChain(name: "orders", contexts: orders(0, 1, 2, 3, 4, 5, 6, 8)),
      MixChain(
        name: "words",
        contexts: orders(0, 1, 2) + [
          .of(.word, bytes: 1), .of(.word, .wordBefore, bytes: 1),
          .of(.word, .previousWord, bytes: 1), .of(.word, .previousWord, .thirdWord, bytes: 1),
          .of(.word, .previousWord, .wordBefore, bytes: 1),
        ],
        ofData: orders(0, 1) + [
          .of(.recordColumn), .of(.recordColumn, bytes: 1), .of(.recordColumn, .record),
          .bytes(0xFF00), .bytes(0xFFFF00), .bytes(0xFF00FF),
        ]),
    ],
    dots: [
      DotTemplate(left: 3, above: (2, 2), (1, 1)), DotTemplate(left: 4, above: (3, 3), (2, 2)),
      DotTemplate(left: 6, above: (4, 4), (3, 3)),
      DotTemplate(left: 8, above: (3, 3), (2, 2), (1, 1)), DotTemplate(left: 10, above: (5, 5)),
      DotTemplate(left: 2, above: (2, 2), (2, 2), (2, 2), (1, 1)),
      DotTemplate(left: 5, above: (3, 3), (2, 2), (2, 2), (1, 1)),
      DotTemplate(left: 12, above: (6, 6), (3, 3)), DotTemplate(left: 16),
      DotTemplate(left: 1, above: (8, 8)), DotTemplate(left: 7, above: (5, 5), (4, 4), (3, 3)),
      DotTemplate(left: 4, above: (1, 10), (0, 5)), DotTemplate(left: 2, above: (1, 1)),
      DotTemplate(left: 1, above: (1, 1), (1, 1), (1, 1), (1, 1)),
      DotTemplate(left: 14, above: (8, 3), (4, 4), (2, 2)),
      DotTemplate(left: 3, above: (3, 8), (2, 6), (1, 3)),
    ],
    matches: [5, 8],
    selectors: [
      .bits, .lastByte, .byteBefore, .match, .classes, .classTriple, .wordLength, .column,
      .secondHistory, .wordHistory, .byteAbove, .expected, .misses, .followed,
    ],
    estimates: [.lastByte, .twoBytes, .threeBytes, .misses, .expected, .orders],
    // Many inputs move a sum far.
    rates: MixerRates(least: 2, leastOfData: 9, first: 42),
    speed: 1e5)

  /// Of data: what stands above and around, and bytes with gaps.
  private static let recordsAndRows: [MixContext] = [
    .of(.record, .recordBefore), .of(.recordColumn, bytes: 1),
    .of(.row, .rowBefore), .of(.row, .rowBefore, bytes: 1), .of(.rowColumn, bytes: 1),
    .of(.rowColumn, .row), .of(.rowSlope, .row), .of(.row, .rowNext, .rowSlope), .of(.rowBits),
    .of(.rowBits, .rowBitsBefore, .rowThird), .of(.sinceZero, bytes: 1), .bytes(0xFFFF00),
    .bytes(0xFFFF_0000), .bytes(0xFF00_FF00), .bytes(0xF8_F8F8), .bytes(0xF0F0_F0F0),
  ]

  private static let moreRecordsAndRows: [MixContext] = [
    .of(.recordColumn), .of(.rowFirstHalf), .of(.rowSecondHalf), .of(.sinceSame, bytes: 1),
    .of(.sinceZero, .recordColumn), .of(.record, bytes: 1), .of(.record, .recordNext, bytes: 1),
    .of(.record, .row, bytes: 1),
    .of(.recordColumn, .record), .of(.recordColumn, bytes: 2), .of(.recordColumn, .row, bytes: 1),
    .of(.recordBefore, .recordNext, .record), .of(.row, bytes: 2), .of(.row, .rowNext, bytes: 1),
    .of(.row, .rowNext, .rowLast, bytes: 1), .of(.row, .rowNext, .rowBefore, bytes: 1),
    .of(.rowSlope), .of(.rowBits, .rowBefore), .of(.rowBits, .rowBitsBefore),
    .of(.sinceSame, bytes: 2), .of(.sincePair, bytes: 2), .bytes(0xFF_FFFF00), .bytes(0xFF00_00FF),
  ]

  /// All contexts where bytes are of a script: as many for each.
  func contexts(_ script: MixScript) -> [MixContext] {
    switch script {
    case .narrow: contexts + ofText + ofData.dropFirst(ofText.count)
    case .wide: contexts(.narrow).map(\.ofCharacters)
    case .ideographic: contexts(.narrow).replaced(ofIdeographs)
    case .data: contexts + ofData + ofText.dropFirst(ofData.count)
    }
  }

  /// The same of the log-linear model.
  func logLinearContexts(_ script: MixScript) -> [MixContext] {
    let all = logLinear.flatMap { $0 }
    switch script {
    case .narrow: return all
    case .wide: return all.map(\.ofCharacters)
    case .ideographic: return all.replaced(logLinearOfIdeographs)
    case .data:
      let lastGroup = all.count - (logLinear.last?.count ?? 0)
      return all[..<lastGroup] + logLinearOfData
        + all[lastGroup...].dropFirst(logLinearOfData.count)
    }
  }

  /// The script whose contexts are used where text is of `script`: without replacements, ideographs are as narrow letters are.
  func usual(_ script: MixScript) -> MixScript {
    script == .ideographic && ofIdeographs.isEmpty ? .narrow : script
  }

  /// What its contexts are made of.
  var features: Set<MixFeature> {
    Set(
      MixScript.allCases.flatMap { script in
        contexts(script) + logLinearContexts(script) + chains.flatMap { $0.contexts(script) }
      }.flatMap(\.features))
  }

  private static let orderGroups = [orders(0, 1, 2), orders(3, 4), orders(5, 6)]

  private static func orders(_ orders: Int...) -> [MixContext] { orders.map(MixContext.order) }
}
