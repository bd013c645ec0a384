import BPBCore

/// The slots of all contexts of a mix, four in a cache line that is found by hash.
///
/// A nibble of a context has a check of 8 bits, and a byte for each of its 15 decisions. It is known by the lowest bits of its
/// hash; what is fresh is known by 0. Of those that compete the one met least yields.
struct ContextLines: ~Copyable {
  static let slotBytes = 16
  private static let slotsOfLine = HashedLines.lineBytes / slotBytes

  private let lines: HashedLines

  /// - Parameter bytes: the most that lines may take.
  /// - Throws: `methodFailed` when there is no memory.
  init(bytes: Int) throws(BPBError) { lines = try HashedLines(bytes: bytes) }

  var memoryBytes: Int { lines.memoryBytes }

  /// Asks for the line of `hash`.
  @inline(__always)
  func prefetch(_ hash: UInt64) { lines.prefetch(hash) }

  /// The slot of `hash`, cleared if it was another's: its decisions are at 1 to 15.
  @inline(__always)
  func slot(_ hash: UInt64) -> UnsafeMutablePointer<UInt8> {
    let line = lines.line(hash).assumingMemoryBound(to: UInt8.self)
    let check = UInt8(truncatingIfNeeded: hash)
    // All checks are compared at once, since which of them it is cannot be foretold: the lowest byte of zero is found.
    let checks = UnsafeRawPointer(line).load(as: UInt32.self)
    let differing = UInt32(littleEndian: checks) ^ UInt32(check) &* 0x0101_0101
    let zeros = (differing &- 0x0101_0101) & ~differing & 0x8080_8080
    guard zeros != 0 else { return replaced(line, check) }
    return Self.slot(line, zeros.trailingZeroBitCount &>> 3)
  }

  /// The checks come first, then each slot's decisions.
  @inline(__always)
  private static func slot(
    _ line: UnsafeMutablePointer<UInt8>, _ index: Int
  ) -> UnsafeMutablePointer<UInt8> {
    line + (slotsOfLine &- 1) + (slotBytes &- 1) &* index
  }

  @inline(never)
  private func replaced(
    _ line: UnsafeMutablePointer<UInt8>, _ check: UInt8
  ) -> UnsafeMutablePointer<UInt8> {
    // The first decision's history tells how often a slot was met.
    var victim = 0
    for index in 1..<Self.slotsOfLine
    where Self.slot(line, index)[1] < Self.slot(line, victim)[1] {
      victim = index
    }
    let slot = Self.slot(line, victim)
    (slot + 1).update(repeating: 0, count: Self.slotBytes - 1)
    line[victim] = check
    return slot
  }
}
