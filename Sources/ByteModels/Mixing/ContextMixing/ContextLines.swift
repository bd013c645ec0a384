import BPBCore
import CPrefetch

/// The slots of all contexts of a mix: a fixed number of cache lines, found by hash.
///
/// A context's nibble has a line or its neighbour, or one of a line's quarters, and is known there by the lowest 16 or 8
/// bits of its hash: what is fresh is known by 0. Of those that compete the one met least yields. The second nibble's line is named by the first three bits of the byte's first nibble,
/// so that it can be on its way before the fourth is known.
struct ContextLines<Evidence: ContextEvidence>: ~Copyable {
  private let base: UnsafeMutablePointer<UInt8>
  private let memory: AnonymousMemory
  private let shift: UInt64
  private static var lineBytes: Int { 64 }

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
  private func index(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> shift) }

  /// Asks for the line of `hash`.
  @inline(__always)
  func prefetch(_ hash: UInt64) { bpb_prefetch(base + index(hash) &* Self.lineBytes) }

  /// The slot of `hash`, cleared if it was another's.
  @inline(__always)
  func slot(_ hash: UInt64) -> UnsafeMutablePointer<UInt8> {
    Evidence.slotBytes == Self.lineBytes ? wholeLine(hash) : quarter(hash)
  }

  // MARK: A slot a line

  @inline(__always)
  private func wholeLine(_ hash: UInt64) -> UnsafeMutablePointer<UInt8> {
    let check = UInt16(truncatingIfNeeded: hash)
    let index = index(hash)
    let first = base + index &* Self.lineBytes
    if Self.check(first).pointee == check { return first }
    let second = base + (index ^ 1) &* Self.lineBytes
    if Self.check(second).pointee == check { return second }
    let victim = Evidence.worth(first) <= Evidence.worth(second) ? first : second
    victim.update(repeating: 0, count: Self.lineBytes)
    Self.check(victim).pointee = check
    return victim
  }

  @inline(__always)
  private static func check(
    _ slot: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(slot).assumingMemoryBound(to: UInt16.self)
  }

  // MARK: Four slots a line

  @inline(__always)
  private func quarter(_ hash: UInt64) -> UnsafeMutablePointer<UInt8> {
    let check = UInt8(truncatingIfNeeded: hash)
    let line = base + index(hash) &* Self.lineBytes
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
    var victim = line
    for slot in stride(from: 16, to: Self.lineBytes, by: 16)
    where Evidence.worth(line + slot) < Evidence.worth(victim) {
      victim = line + slot
    }
    victim.update(repeating: 0, count: 16)
    victim[0] = check
    return victim
  }
}
