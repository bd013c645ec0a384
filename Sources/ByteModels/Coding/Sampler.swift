public import BPBCore

/// The coder that makes texts up: it draws every decision, so that the body of a model which scores, encodes and
/// decodes writes too.
///
/// At temperature 1 a range decoder of random bits would do the same; but here a temperature has its place, and what is
/// drawn does not depend on how a range coder rounds.
public struct Sampler: SymbolCoder, ~Copyable {
  @usableFromInline var sampling: Sampling

  /// A coder whose decisions `sampling` draws.
  @inlinable
  public init(_ sampling: Sampling) { self.sampling = sampling }

  /// Whether it draws at another temperature than 1.
  @inlinable
  public var isTempered: Bool { sampling.temperature != 1 }

  @inlinable
  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    let frequencies: InlineArray<2, UInt32> = [65536 &- probability, probability]
    return UInt32(truncatingIfNeeded: sampling.index(among: frequencies.span))
  }

  @inlinable
  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    next.withFrequencies { UInt8(truncatingIfNeeded: sampling.index(among: $0)) }
  }

  @inlinable
  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    sampling.index(among: frequencies)
  }

  @inlinable
  public static var decodes: Bool { @inline(__always) get { true } }

  /// As at temperature 1, whatever the temperature: it is not told the frequencies. Who codes so is a `ForetellingModel`.
  @inlinable
  public mutating func target(total: UInt32) -> UInt32 { sampling.point(below: total) }

  @inlinable
  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {}
}
