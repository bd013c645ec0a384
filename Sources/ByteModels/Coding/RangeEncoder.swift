/// The range that both sides of the coder keep at least.
@usableFromInline let leastRange: UInt64 = 1 << 48

/// A range coder's encoder with a 64-bit low and range; a carry is passed back into the bytes already
/// written.
///
/// The range is at least 2^48 before each decision, so rounding loses under 2^-23 bits in one; and it is
/// scaled up only when it falls below that, once in several decisions, which the processor foresees. Source of the scheme: G. N. N. Martin,
/// "Range encoding" (1979), with the carry handled as in M. Schindler's coder.
public struct RangeEncoder: SymbolCoder, ~Copyable {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var range: UInt64 = .max
  @usableFromInline var buffer: UnsafeMutablePointer<UInt8>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int

  /// An encoder that has written nothing.
  @inlinable
  public init() {
    capacity = 1 << 16
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  @inlinable @inline(__always)
  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    let bound = (range &>> 16) &* UInt64(probability)
    // A one takes the lower part. By mask: a branch on what is coded would often be mispredicted.
    let ifZero = UInt64(bit) &- 1
    advance(low: bound & ifZero, range: bound &+ ((range &- bound &- bound) & ifZero))
    return bit
  }

  @inlinable
  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    let unit = range &>> UInt64(ByteDistribution.totalBits)
    advance(low: unit &* UInt64(next.cumulative(below: byte)), range: unit &* UInt64(next[byte]))
    return byte
  }

  @inlinable
  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    var below: UInt32 = 0
    for i in 0..<index { below &+= frequencies[i] }
    narrow(below: below, frequency: frequencies[index], total: total)
    return index
  }

  @inlinable
  public static var decodes: Bool { @inline(__always) get { false } }

  @inlinable @inline(__always)
  public mutating func target(total: UInt32) -> UInt32 { 0 }

  @inlinable @inline(__always)
  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    let unit = range / UInt64(total)
    advance(low: unit &* UInt64(below), range: unit &* UInt64(frequency))
  }

  /// Narrows the interval.
  @inlinable @inline(__always)
  mutating func advance(low offset: UInt64, range narrowed: UInt64) {
    let (sum, carry) = low.addingReportingOverflow(offset)
    low = sum
    range = narrowed
    if carry { propagateCarry() }
    if narrowed < leastRange { writeSettled() }
  }

  /// Writes the whole bytes that the interval has settled, 2 to 5 of them.
  @inlinable
  mutating func writeSettled() {
    let settled = range.leadingZeroBitCount &>> 3
    if count &+ 8 > capacity { grow() }
    UnsafeMutableRawPointer(buffer + count).storeBytes(of: low.bigEndian, as: UInt64.self)
    count &+= settled
    low &<<= UInt64(settled &* 8)
    range &<<= UInt64(settled &* 8)
  }

  /// Adds one to the number that the written bytes spell.
  @inlinable @inline(never)
  mutating func propagateCarry() {
    var i = count &- 1
    while i >= 0 && buffer[i] == 0xFF {
      buffer[i] = 0
      i &-= 1
    }
    // A carry out of the first byte takes probabilities that sum to more than one: what is coded then
    // does not decode, but no memory is harmed.
    if i >= 0 { buffer[i] &+= 1 }
  }

  @usableFromInline
  mutating func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }

  /// Bytes that no later carry can change: all but the last one below 0xFF and what follows it.
  @usableFromInline
  var settledCount: Int {
    var i = count
    while i > 0 && buffer[i - 1] == 0xFF { i -= 1 }
    return max(i - 1, 0)
  }

  /// Hands the first `length` written bytes to `sink` and forgets them.
  @inlinable
  mutating func drain(_ length: Int, to sink: (UnsafeBufferPointer<UInt8>) -> Void) {
    sink(UnsafeBufferPointer(start: buffer, count: length))
    buffer.update(from: buffer + length, count: count - length)
    count -= length
  }

  /// Writes the fewest bytes that name a number inside the interval; a decoder reads zeros after them.
  @inlinable
  public mutating func finish() {
    let last = ending
    if last.carry { propagateCarry() }
    if count &+ 8 > capacity { grow() }
    UnsafeMutableRawPointer(buffer + count).storeBytes(of: last.value.bigEndian, as: UInt64.self)
    count += last.bytes
  }

  /// Ends the number and gives back all its bytes that were not yet drained.
  @inlinable
  public mutating func finished() -> [UInt8] {
    finish()
    return [UInt8](UnsafeBufferPointer(start: buffer, count: count))
  }

  /// Bytes that would be in the buffer after `finish`; a carry changes them, but not their number.
  @inlinable
  var countIfFinished: Int { count + ending.bytes }

  /// The number inside the interval that takes the fewest bytes: its first `bytes`, the highest first,
  /// and whether reaching it carries into the bytes before.
  @inlinable
  var ending: (value: UInt64, bytes: Int, carry: Bool) {
    for bytes in 0..<8 {
      let droppable = UInt64.max &>> UInt64(8 * bytes)
      let (sum, carry) = low.addingReportingOverflow(droppable)
      let candidate = sum & ~droppable
      if candidate &- low < range { return (candidate, bytes, carry) }
    }
    return (low, 8, false)
  }
}
