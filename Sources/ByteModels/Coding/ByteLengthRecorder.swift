/// A coder that keeps the ideal length of each byte it is given, for models that run through a whole text by themselves.
package struct ByteLengthRecorder: SymbolCoder, ~Copyable {
  /// Bits of each byte, in the order of the calls.
  package private(set) var bits: [Double] = []

  package init() {}

  package mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8 {
    var length = IdealLength()
    _ = length.code(byte: byte, under: next)
    bits.append(length.bits)
    return byte
  }

  // A byte that is coded as several decisions has no end that could be seen from here.
  package mutating func code(bit: UInt32, probability: UInt32) -> UInt32 { Self.unsupported() }

  package mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int {
    Self.unsupported()
  }

  package static var decodes: Bool { false }
  package mutating func target(total: UInt32) -> UInt32 { Self.unsupported() }

  package mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32) {
    Self.unsupported()
  }

  private static func unsupported() -> Never {
    preconditionFailure("lengths are recorded for whole bytes only")
  }
}
