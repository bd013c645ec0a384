extension SymbolCoder where Self: ~Copyable {
  /// Codes one bit in parts of 2^24: for models that are surer than `code(bit:probability:)` can say. A
  /// certain decision costs 2^-24 there, and 2^-16 with the other; both times log2 e bits.
  ///
  /// - Parameters:
  ///   - bit: 0 or 1.
  ///   - share: of a one, in 1...2^24 - 1 of 2^24.
  @inlinable @inline(__always)
  mutating func code(bit: UInt32, share: UInt32) -> UInt32 {
    let total: UInt32 = 1 << 24
    let frequencies: InlineArray<2, UInt32> = [total &- share, share]
    let index = code(
      index: Int(truncatingIfNeeded: bit), among: frequencies.span, total: total)
    return UInt32(truncatingIfNeeded: index)
  }
}
