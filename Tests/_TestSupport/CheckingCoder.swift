public import ByteModels

/// A coder that scores, and notes every decision a real coder could not code faithfully.
public struct CheckingCoder: SymbolCoder, ~Copyable {
  private var length = IdealLength()
  /// What was wrong, a sentence for each kind at most.
  public private(set) var failures: [String] = []

  /// A coder that has seen nothing.
  public init() {}

  /// The ideal length so far, in bits.
  public var bits: Double { length.bits }

  public mutating func code(bit: UInt32, probability: UInt32) -> UInt32 {
    expect(bit <= 1, "a bit is neither 0 nor 1")
    expect((1...65535).contains(probability), "a bit's probability is outside 1...65535")
    return length.code(bit: bit, probability: min(max(probability, 1), 65535))
  }

  public mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    var sum: UInt64 = 0
    for value in UInt8.min ... .max {
      expect(next[value] >= 1, "a byte has no probability")
      sum += UInt64(next[value])
    }
    expect(sum == UInt64(ByteDistribution.total), "a distribution does not sum to one")
    return length.code(byte: byte, under: next)
  }

  public mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    var sum: UInt64 = 0
    for i in frequencies.indices { sum += UInt64(frequencies[i]) }
    expect(sum == UInt64(total) && total <= 1 << 24, "frequencies do not sum to their total")
    expect(frequencies[index] > 0, "the coded alternative has no probability")
    return length.code(index: index, among: frequencies, total: total)
  }

  public static var decodes: Bool { false }
  public mutating func target(total: UInt32) -> UInt32 { 0 }

  public mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    expect(frequency > 0, "the coded alternative has no probability")
    expect(
      UInt64(below) + UInt64(frequency) <= UInt64(total) && total <= 1 << 24,
      "an interval goes beyond its total")
    length.narrow(below: below, frequency: frequency, total: total)
  }

  private mutating func expect(_ condition: Bool, _ failure: String) {
    if !condition && !failures.contains(failure) { failures.append(failure) }
  }
}
