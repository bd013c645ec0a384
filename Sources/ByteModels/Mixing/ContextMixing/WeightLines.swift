import BPBCore

/// The weights of a log-linear model: half a cache line, found by hash, for a nibble of a context, with a check of 8 bits, how
/// often it was met, and a weight for each of its 15 decisions. Of two that share a line the one that was met less yields.
struct WeightLines: ~Copyable {
  static let lineBytes = HashedLines.lineBytes / 2
  static let mostVisits = 255
  private static let words = lineBytes / 2

  private let lines: HashedLines

  /// - Parameter bytes: the most that weights may take.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int) throws(BPBError) { lines = try HashedLines(bytes: bytes) }

  var memoryBytes: Int { lines.memoryBytes }

  /// Asks for the cache line of `hash`.
  @inline(__always)
  func prefetch(_ hash: UInt64) { lines.prefetch(hash) }

  /// The weights of `hash`, by their place in the nibble's heap; zeros if they were another's.
  @inline(__always)
  func line(_ hash: UInt64) -> UnsafeMutablePointer<UInt16> {
    let check = UInt16(truncatingIfNeeded: hash & 0xFF)
    let first = lines.line(hash).assumingMemoryBound(to: UInt16.self)
    let second = first + Self.words
    // Which of the two it is cannot be foretold, so that no branch goes by it.
    let isFirst = first[0] & 0xFF == check
    if isFirst || second[0] & 0xFF == check { return isFirst ? first : second }
    let victim = first[0] &>> 8 <= second[0] &>> 8 ? first : second
    victim.update(repeating: 0, count: Self.words)
    victim[0] = check
    return victim
  }

  /// Counts a visit of a line.
  ///
  /// - Returns: how many there were before, up to `mostVisits`.
  @inline(__always)
  static func visit(_ line: UnsafeMutablePointer<UInt16>) -> Int {
    let before = Int(line[0] &>> 8)
    line[0] &+= before < mostVisits ? 0x100 : 0
    return before
  }
}
