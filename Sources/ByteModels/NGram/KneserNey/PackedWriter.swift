/// Writes fields of bits one after another, lowest bit first.
struct PackedWriter {
  private let base: UnsafeMutableRawPointer
  private var position = 0
  private var pending: UInt64 = 0
  private var pendingBits: UInt64 = 0

  /// A writer into zeroed bytes at `base`; up to 8 bytes beyond the last field are written.
  init(_ base: UnsafeMutableRawPointer) { self.base = base }

  /// Appends the `bits` lowest bits of `value`, which has no others; at most 56.
  @inline(__always)
  mutating func append(_ value: UInt64, bits: Int) {
    pending |= value &<< pendingBits
    pendingBits &+= UInt64(bits)
    let whole = Int(pendingBits &>> 3)
    base.storeBytes(of: pending.littleEndian, toByteOffset: position, as: UInt64.self)
    position &+= whole
    pending = whole == 8 ? 0 : pending &>> UInt64(8 &* whole)
    pendingBits &= 7
  }
}
