import ByteModels

/// What encoder and decoder do with each byte: one body for both, so that they cannot disagree.
struct LossyBody: ~Copyable {
  private let code: FillCode
  private let frequencies: UnsafeMutablePointer<UInt32>
  /// The last bytes that were coded.
  private var context: UInt64 = 0

  init(_ code: FillCode) {
    self.code = code
    frequencies = .allocate(capacity: 256)
    frequencies.initialize(repeating: 0, count: 256)
  }

  deinit { frequencies.deallocate() }

  /// Codes the next byte of the reconstruction, or whatever the coder says was coded.
  ///
  /// - Parameters:
  ///   - wishes: two bytes, the preferred one first; the first that has a code word is coded, the fill if neither has.
  ///   - model: the model's frequencies of the next byte.
  /// - Returns: the byte that was coded. A byte that alone has a code word takes no bits.
  @inline(__always)
  mutating func code<C: SymbolCoder & ~Copyable>(
    _ wishes: (UInt8, UInt8), under model: Span<UInt32>, with coder: inout C
  ) -> UInt8 {
    let (total, fill) = code.fill(frequencies, from: model, context: context)
    var byte = fill
    if frequencies[Int(fill)] < total, !coder.isExhausted {
      let second = frequencies[Int(wishes.1)] > 0 ? wishes.1 : fill
      let wish = frequencies[Int(wishes.0)] > 0 ? wishes.0 : second
      let span = UnsafeBufferPointer(start: frequencies, count: 256).span
      byte = UInt8(coder.code(index: Int(wish), among: span, total: total))
    }
    context = LastBytes.following(context, byte)
    return byte
  }
}
