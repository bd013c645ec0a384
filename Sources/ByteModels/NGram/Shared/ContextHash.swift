/// The hashing that tables of contexts share.
@usableFromInline
enum ContextHash {
  /// The hash of a context of `order` bytes, at most 7, packed into the low bytes of `context`.
  @inlinable @inline(__always)
  static func hash(_ context: UInt64, order: Int) -> UInt64 {
    mix(context &+ UInt64(truncatingIfNeeded: order) &<< 56)
  }

  /// A bijection that spreads every input bit over the upper and lower halves (Stafford's variant 13 of
  /// MurmurHash3's finaliser, without its last step).
  @inlinable @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var z = (value ^ (value &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z
  }
}
