/// The cost of sending `byteCount` raw bytes.
///
/// The denominator is always the number of raw bytes that were passed in, never a transformed length.
public struct CodeLength: Sendable, Equatable {
  /// How a length was obtained. Kinds are never mixed in one column.
  public enum Kind: String, Sendable, Codable {
    /// Size of real output, which was decoded and compared unless the record says otherwise.
    case coded
    /// Sum of -log2 p over the bytes: what a perfect coder would send.
    case ideal
    /// A frozen model on bytes that it was not trained on; its parameters are not charged.
    case heldout
    /// Data bits plus the entropy-coded model at a stated precision.
    case twoPart = "two-part"
    /// Every byte predicted before it is learned from.
    case prequential
  }

  public var kind: Kind
  public var bits: Double
  public var byteCount: Int

  /// Creates a length of `bits` bits for `byteCount` raw bytes.
  public init(kind: Kind, bits: Double, byteCount: Int) {
    self.kind = kind
    self.bits = bits
    self.byteCount = byteCount
  }

  /// Bits per raw byte; nil for empty input, where the ratio means nothing.
  public var bitsPerByte: Double? { byteCount > 0 ? bits / Double(byteCount) : nil }

  /// Total bits over total bytes: the only way in which lengths are summed over a corpus.
  ///
  /// Precondition: both are of one kind.
  public static func + (left: CodeLength, right: CodeLength) -> CodeLength {
    precondition(left.kind == right.kind, "code lengths of different kinds have no sum")
    return CodeLength(
      kind: left.kind, bits: left.bits + right.bits, byteCount: left.byteCount + right.byteCount)
  }
}
