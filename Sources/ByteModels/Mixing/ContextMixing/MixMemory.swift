/// How large a mix's tables are.
enum MixMemory {
  /// Bytes of lines for a text of that length: a slot for each two bytes and context. More of them make hardly any text
  /// smaller, and pages that are touched cost time.
  static func lines(_ level: MixLevel, _ byteCount: Int) -> Int {
    limited(byteCount) * level.contexts(.narrow).count * ContextLines.slotBytes / 2
  }

  /// Bytes of weights of the log-linear model: a line for each four bytes and context, and an eighth of the memory at most.
  static func weights(_ level: MixLevel, _ memory: Int, _ byteCount: Int) -> Int {
    let contexts = level.logLinear.reduce(0) { $0 + $1.count }
    return min(limited(byteCount) * contexts * WeightLines.lineBytes / 4, memory / 8)
  }

  /// Bytes of a chain's counts: an eighth of the memory at most.
  static func chain(_ memory: Int, _ byteCount: Int) -> Int {
    min(limited(byteCount) * 24, memory / 8)
  }

  /// The text that matches can reach: an eighth of the memory at most.
  static func ring(_ memory: Int, _ byteCount: Int) -> Int {
    min(powerOfTwo(above: limited(byteCount)), powerOfTwo(within: memory / 8))
  }

  /// Places that each match knows, four bytes each: a sixteenth of the memory at most.
  static func places(_ memory: Int, _ byteCount: Int) -> Int {
    min(powerOfTwo(above: limited(byteCount)), powerOfTwo(within: memory / 64))
  }

  /// The most that a mix takes with `memory` for its contexts: text, places, weights, dots and curves beside it.
  static func most(_ level: MixLevel, _ memory: Int) -> Int {
    memory + memory / 4 + (level.matches.count + 2 * level.chains.count) * memory / 16 + 64 << 20
      + level.dots.count * DotNeighbours.tableBytes
  }

  /// Lengths come out of files, damaged ones too.
  private static func limited(_ byteCount: Int) -> Int { min(max(byteCount, 1 << 10), 1 << 34) }

  /// At most `count`, and at least 2.
  private static func powerOfTwo(within count: Int) -> Int {
    1 << (Int.bitWidth - 1 - max(count, 2).leadingZeroBitCount)
  }

  /// At least `count`.
  private static func powerOfTwo(above count: Int) -> Int {
    1 << (Int.bitWidth - max(count - 1, 1).leadingZeroBitCount)
  }
}
