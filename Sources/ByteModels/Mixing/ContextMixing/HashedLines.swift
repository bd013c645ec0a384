import BPBCore
import CPrefetch

/// Cache lines that are found by hash: the upper half names a page of them, some lower bits the line on it, and the lowest
/// eight are left to tell apart what shares a line.
///
/// A byte's two nibbles have lines on one page, so that the processor knows its address when the second one is asked for:
/// finding where pages are costs more than the lines.
struct HashedLines: ~Copyable {
  static let lineBytes = 64
  private static let pageBytes = 4096

  private let base: UnsafeMutableRawPointer
  private let memory: AnonymousMemory
  private let pages: UInt64

  /// - Parameter bytes: the most that lines may take; whole pages of them are used, and one at least.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int) throws(BPBError) {
    let count = min(max(bytes / Self.pageBytes, 1), 1 << 32)
    memory = try AnonymousMemory(bytes: count * Self.pageBytes)
    base = memory.base
    pages = UInt64(count)
  }

  var memoryBytes: Int { memory.byteCount }

  @inline(__always)
  func line(_ hash: UInt64) -> UnsafeMutableRawPointer {
    let page = ((hash &>> 32) &* pages) &>> 32
    let line = hash &>> 8 & UInt64(Self.pageBytes / Self.lineBytes &- 1)
    return base
      + Int(truncatingIfNeeded: page) &* Self.pageBytes
      + Int(truncatingIfNeeded: line) &* Self.lineBytes
  }

  /// Asks for the line of `hash`.
  @inline(__always)
  func prefetch(_ hash: UInt64) { bpb_prefetch(line(hash)) }

  /// The hash of a byte's second nibble, of which three bits of the first one and a one before them are known.
  @inline(__always)
  static func second(_ hash: UInt64, _ bits: Int) -> UInt64 {
    let mixed = ContextHash.mix(hash &+ UInt64(bits) &* 0xD6E8_FEB8_6659_FD93)
    return hash & ~0xFFFF_FFFF | mixed & 0xFFFF_FFFF
  }

  /// The same with the fourth bit, which is in what a line's tenants are known by.
  @inline(__always)
  static func known(_ hash: UInt64, fourth: Int) -> UInt64 { hash ^ UInt64(fourth) &<< 1 }
}
