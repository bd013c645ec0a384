/// What a mix consists of: the points between speed and size.
struct MixLevel: Sendable {
  /// As it is written in a method's name.
  let name: String
  /// Whether contexts keep a probability of each decision beside its history, four times the memory.
  var counts: Bool
  var contexts: [MixContext]
  /// The fewest bytes that matches agree on.
  var matches: [Int]
  var selectors: [MixSelector]
  /// Bytes a second, about.
  var speed: Double

  static let all = [fast, balanced, max]

  static let fast = MixLevel(
    name: "fast", counts: false,
    contexts: orders(1, 2, 3, 4, 5, 6) + [.word, .wordPair, .column],
    matches: [7],
    selectors: [.bits, .lastByte, .match, .classes],
    speed: 1e6)

  static let balanced = MixLevel(
    name: "balanced", counts: true,
    contexts: orders(1, 2, 3, 4, 5, 6, 7) + [
      .word, .wordPair, .wordSkip, .previousWord, .lineHead, .column, .above,
      .bytes(mask: 0xFF_FF00), .bytes(mask: 0xFFFF_FF00), .bytes(mask: 0xFF00_FF00), .classes(4),
    ],
    matches: [5, 9],
    selectors: [
      .bits, .lastByte, .byteBefore, .match, .classes, .classTriple, .wordLength, .column,
      .secondHistory, .wordHistory,
    ],
    speed: 3e5)

  static let max = MixLevel(
    name: "max", counts: true,
    contexts: orders(1, 2, 3, 4, 5, 6, 7) + [
      .word, .wordPair, .wordSkip, .wordTriple, .previousWord, .lineHead, .column, .above,
      .bytes(mask: 0xFF00), .bytes(mask: 0xFF_FF00), .bytes(mask: 0xFFFF_FF00),
      .bytes(mask: 0xFFFF_FFFF_FF00), .bytes(mask: 0xFF_0000), .bytes(mask: 0xFFFF_0000),
      .bytes(mask: 0xFF00_FF00), .bytes(mask: 0xFF00_0000), .bytes(mask: 0xFF_00FF),
      .bytes(mask: 0xFF_FF00_00FF), .classes(2), .classes(4), .classes(6), .classes(10),
    ],
    matches: [4, 6, 10],
    selectors: [
      .bits, .lastByte, .byteBefore, .match, .classes, .classTriple, .wordLength, .column,
      .secondHistory, .wordHistory,
    ],
    speed: 1.5e5)

  private static func orders(_ orders: Int...) -> [MixContext] { orders.map(MixContext.order) }
}
