extension BaselineCheck {
  /// Raw bytes and what they were coded to.
  public struct Size: Sendable, Equatable {
    /// Raw bytes.
    public let bytes: Int
    /// Coded bytes, framing included.
    public let codedBytes: Int

    /// Bits per raw byte; nil for no bytes.
    public var bitsPerByte: Double? { bytes > 0 ? 8 * Double(codedBytes) / Double(bytes) : nil }
  }

  /// A size beside the baseline's, and the limit that it has to hold.
  ///
  /// For the same input sizes are compared; for a changed one bits per byte, that is, the size beside
  /// the baseline's scaled to the input's length. All in whole numbers, so that a limit is met exactly.
  public struct SizeComparison: Sendable, Equatable {
    /// What the difference amounts to.
    enum Verdict {
      case grew, held, shrank
    }

    public let baseline: Size
    public let current: Size
    /// Whether the input has the bytes that the baseline was made of.
    public let isSameInput: Bool
    /// The limit that was asked for.
    public let limit: Limit
    /// The limit in bytes: a share of the expected size rounded down.
    public let limitBytes: Int

    /// The expected size in whole bytes, rounded down and up; the same for the same input.
    private let expected: ClosedRange<Int>

    init(baseline: Size, current: Size, isSameInput: Bool, limit: Limit) {
      self.baseline = baseline
      self.current = current
      self.isSameInput = isSameInput
      self.limit = limit
      let product = UInt128(baseline.codedBytes) * UInt128(current.bytes)
      let divisor = UInt128(baseline.bytes)
      let isScaled = !isSameInput && divisor > 0
      let floor = isScaled ? Int(clamping: product / divisor) : baseline.codedBytes
      let isBetween = isScaled && product % divisor != 0 && floor < .max
      expected = floor...(isBetween ? floor + 1 : floor)
      limitBytes = limit.wholeBytes(codedBytes: floor, rawBytes: current.bytes)
    }

    /// The share by which the size, or for a changed input bits per byte, grew; nil where the baseline
    /// had none.
    public var growth: Double? {
      let before = isSameInput ? Double(baseline.codedBytes) : baseline.bitsPerByte
      let after = isSameInput ? Double(current.codedBytes) : current.bitsPerByte
      guard let before, let after, before > 0 else { return nil }
      return after / before - 1
    }

    var verdict: Verdict {
      if current.codedBytes - expected.lowerBound > limitBytes { return .grew }
      return expected.upperBound - current.codedBytes > limitBytes ? .shrank : .held
    }
  }
}
