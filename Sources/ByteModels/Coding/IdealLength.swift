import BPBCore

/// The scoring coder: adds up -log2 p of every decision, in the very integers that are coded.
///
/// Kept as a product of probabilities with a separate exponent: one multiplication a decision, and only
/// IEEE basic operations, so the sum is the same on every machine. Its relative error is under 2^-53 a
/// decision before the logarithm is taken, that is, nothing beside the bits themselves.
public struct IdealLength: SymbolCoder, ~Copyable {
  @usableFromInline var product = 1.0
  @usableFromInline var wholeBits = 0

  /// A length of zero.
  @inlinable
  public init() {}

  /// Bits so far; infinite once something came that had no probability.
  public var bits: Double {
    guard product > 0 else { return .infinity }
    return Double(wholeBits - Int(product.exponent))
      - PortableLogarithm.log2(significand: product.significand)
  }

  @inlinable @inline(__always)
  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    multiply(by: Double(bit != 0 ? probability : 65536 &- probability), totalBits: 16)
    return bit
  }

  @inlinable
  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    multiply(by: Double(next[byte]), totalBits: Int(ByteDistribution.totalBits))
    return byte
  }

  @inlinable
  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    narrow(below: 0, frequency: frequencies[index], total: total)
    return index
  }

  @inlinable
  public static var decodes: Bool { @inline(__always) get { false } }

  @inlinable @inline(__always)
  public mutating func target(total: UInt32) -> UInt32 { 0 }

  @inlinable @inline(__always)
  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    multiply(by: Double(frequency) / Double(total), totalBits: 0)
  }

  @inlinable @inline(__always)
  mutating func multiply(by factor: Double, totalBits: Int) {
    product *= factor
    wholeBits &+= totalBits
    if product > 0x1p900 || product < 0x1p-900 { normalise() }
  }

  @usableFromInline
  mutating func normalise() {
    guard product > 0 else { return }
    wholeBits -= Int(product.exponent)
    product = product.significand
  }
}
