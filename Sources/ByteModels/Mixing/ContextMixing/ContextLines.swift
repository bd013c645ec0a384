import BPBCore
import CPrefetch

/// The slots of all contexts of a mix: a fixed number of cache lines, found by hash.
///
/// A nibble of a context has a quarter of a line: a check of 8 bits, and a byte for each of its 15 decisions. It is known there
/// by the lowest bits of its hash; what is fresh is known by 0. Of those that compete the one met least yields. The second
/// nibble's line is named by the first three bits of the byte's first nibble, so that it can be on its way before the
/// fourth is known.
struct ContextLines: ~Copyable {
  static let slotBytes = 16
  private static let lineBytes = 64

  private let base: UnsafeMutablePointer<UInt8>
  private let memory: AnonymousMemory
  private let shift: UInt64

  /// - Parameter bytes: the most that lines may take; a power of two of lines is used.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int) throws(BPBError) {
    let most = max(bytes / Self.lineBytes, 2)
    let lines = 1 << (Int.bitWidth - most.leadingZeroBitCount - 1)
    memory = try AnonymousMemory(bytes: lines * Self.lineBytes)
    base = memory.base.assumingMemoryBound(to: UInt8.self)
    shift = UInt64(64 - lines.trailingZeroBitCount)
  }

  var memoryBytes: Int { memory.byteCount }

  @inline(__always)
  private func line(_ hash: UInt64) -> UnsafeMutablePointer<UInt8> {
    base + Int(truncatingIfNeeded: hash &>> shift) &* Self.lineBytes
  }

  /// Asks for the line of `hash`.
  @inline(__always)
  func prefetch(_ hash: UInt64) { bpb_prefetch(line(hash)) }

  /// The slot of `hash`, cleared if it was another's.
  @inline(__always)
  func slot(_ hash: UInt64) -> UnsafeMutablePointer<UInt8> {
    let check = UInt8(truncatingIfNeeded: hash)
    let line = line(hash)
    if line[0] == check { return line }
    if line[16] == check { return line + 16 }
    if line[32] == check { return line + 32 }
    if line[48] == check { return line + 48 }
    return replaced(line, check)
  }

  @inline(never)
  private func replaced(
    _ line: UnsafeMutablePointer<UInt8>, _ check: UInt8
  ) -> UnsafeMutablePointer<UInt8> {
    // The first decision's history tells how often a slot was met.
    var victim = line
    for slot in stride(from: Self.slotBytes, to: Self.lineBytes, by: Self.slotBytes)
    where line[slot + 1] < victim[1] {
      victim = line + slot
    }
    victim.update(repeating: 0, count: Self.slotBytes)
    victim[0] = check
    return victim
  }
}
