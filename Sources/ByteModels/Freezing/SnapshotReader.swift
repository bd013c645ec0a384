package import BPBCore

/// A range decoder of a whole snapshot, for bodies that code without end: past its bytes it reads zeros,
/// as many as are asked for.
///
/// `RangeDecoder` trusts its caller to stop where the input does, which nobody can who does not know how
/// many parameters are to come.
@usableFromInline
package struct SnapshotReader: SymbolCoder, ~Copyable {
  @usableFromInline var decoder: RangeDecoder
  /// Zeros that were supplied after the end, beyond those of `RangeDecoder.endInput`.
  @usableFromInline var supplied = 0

  /// A reader of `snapshot` from its first byte.
  @inlinable
  package init(_ snapshot: Span<UInt8>) {
    decoder = RangeDecoder()
    decoder.append(snapshot)
    decoder.endInput()
    decoder.start()
  }

  /// Whether more was decoded than any encoder can have meant: it writes all but the last zeros.
  @inlinable
  package var isExhausted: Bool { unusedBytes < 0 }

  /// As `RangeDecoder.unusedBytes`: an encoder leaves 0 to 8.
  @inlinable
  package var unusedBytes: Int { decoder.unusedBytes - supplied }

  @inlinable @inline(__always)
  package mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    supplyZeros()
    return decoder.code(bit: bit, probability: probability)
  }

  @inlinable
  package mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    supplyZeros()
    return decoder.code(byte: byte, under: next)
  }

  @inlinable
  package mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    supplyZeros()
    return decoder.code(index: index, among: frequencies, total: total)
  }

  @inlinable
  package static var decodes: Bool { @inline(__always) get { true } }

  @inlinable
  package mutating func target(total: UInt32) -> UInt32 {
    supplyZeros()
    return decoder.target(total: total)
  }

  @inlinable
  package mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    decoder.narrow(below: below, frequency: frequency, total: total)
  }

  @inlinable @inline(__always)
  mutating func supplyZeros() {
    if _slowPath(!decoder.canDecode) { supplyMoreZeros() }
  }

  @inlinable @inline(never)
  mutating func supplyMoreZeros() {
    let before = decoder.count - decoder.position
    decoder.endInput()
    supplied += decoder.count - decoder.position - before
  }

  /// Checks that what was decoded used up the snapshot.
  ///
  /// - Throws: `badData` when it ends early or goes on.
  package func checkEnd() throws(BPBError) { try Snapshots.check(unusedBytes: unusedBytes) }
}
