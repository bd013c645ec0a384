import BPBCore
import CPrefetch

/// The weights of a log-linear model, found by hash: half a cache line for a nibble of a context, with a check of 8 bits, how
/// often it was met, and a weight for each of its 15 decisions. Of two that share a line the one that was met less yields.
struct WeightLines: ~Copyable {
  static let lineBytes = 32
  static let mostVisits = 255
  private static let words = lineBytes / 2

  private let base: UnsafeMutablePointer<UInt16>
  private let memory: AnonymousMemory
  private let shift: UInt64

  /// - Parameter bytes: the most that weights may take; a power of two of cache lines is used.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int) throws(BPBError) {
    let most = max(bytes / (2 * Self.lineBytes), 2)
    let pairs = 1 << (Int.bitWidth - most.leadingZeroBitCount - 1)
    memory = try AnonymousMemory(bytes: pairs * 2 * Self.lineBytes)
    base = memory.base.assumingMemoryBound(to: UInt16.self)
    shift = UInt64(64 - pairs.trailingZeroBitCount)
  }

  var memoryBytes: Int { memory.byteCount }

  @inline(__always)
  private func pair(_ hash: UInt64) -> UnsafeMutablePointer<UInt16> {
    base + Int(truncatingIfNeeded: hash &>> shift) &* (2 &* Self.words)
  }

  /// Asks for the cache line of `hash`.
  @inline(__always)
  func prefetch(_ hash: UInt64) { bpb_prefetch(pair(hash)) }

  /// The weights of `hash`, by their place in the nibble's heap; zeros if they were another's.
  @inline(__always)
  func line(_ hash: UInt64) -> UnsafeMutablePointer<UInt16> {
    let check = UInt16(truncatingIfNeeded: hash & 0xFF)
    let (first, second) = (pair(hash), pair(hash) + Self.words)
    if first[0] & 0xFF == check { return first }
    if second[0] & 0xFF == check { return second }
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
    if before < mostVisits { line[0] &+= 0x100 }
    return before
  }
}
