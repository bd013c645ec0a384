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

/// Hashes of contexts of any length, each from the one shorter by a byte.
extension ContextHash {
  /// The hash of the empty context.
  static let empty = mix(1)

  /// The hash of the context that has `byte` before it.
  @inline(__always)
  static func extended(_ hash: UInt64, by byte: UInt8) -> UInt64 {
    // Multiplied, so that it does not meet the small numbers that are added elsewhere.
    mix(hash ^ (UInt64(byte) &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }
}
