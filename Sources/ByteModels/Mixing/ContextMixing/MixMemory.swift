/// How large a mix's tables are.
enum MixMemory {
  /// Lines for a text of that length: about one a byte and context; most take two where they are new.
  static func lines(_ level: MixLevel, _ slotBytes: Int, _ byteCount: Int) -> Int {
    let need = min(max(byteCount, 1 << 10), 1 << 34) * level.contexts.count * slotBytes
    return powerOfTwo(above: need)
  }

  /// The text that matches can reach: an eighth of the memory at most.
  static func ring(_ memory: Int, _ byteCount: Int) -> Int {
    min(powerOfTwo(above: max(byteCount, 1 << 10)), powerOfTwo(above: memory / 8))
  }

  /// Places that each match knows, four bytes each: a sixteenth of the memory at most.
  static func places(_ memory: Int, _ byteCount: Int) -> Int {
    min(powerOfTwo(above: max(byteCount, 1 << 10)), powerOfTwo(above: memory / 64))
  }

  /// The most that a mix takes with `memory` for its contexts: text, places, weights and curves beside it.
  static func most(_ level: MixLevel, _ memory: Int) -> Int {
    memory + memory / 8 + level.matches.count * memory / 16 + 64 << 20
  }

  /// At least `count`.
  private static func powerOfTwo(above count: Int) -> Int {
    1 << (Int.bitWidth - max(count - 1, 1).leadingZeroBitCount)
  }
}
