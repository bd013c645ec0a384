/// A probability of one half, in the units of `SymbolCoder.code(bit:probability:)`.
@usableFromInline package let evenOdds: UInt32 = 1 << 15

/// What a model pushes its decisions into: scoring, encoding, decoding and sampling are four conformers, so one
/// body of a model serves all four and they cannot disagree.
///
/// Each `code` takes the value to code and returns the value that was coded. A decoder ignores what it
/// is given and returns what the encoder was given.
public protocol SymbolCoder: ~Copyable {
  /// Codes one bit.
  ///
  /// - Parameters:
  ///   - bit: 0 or 1.
  ///   - probability: of a one, in 1...65535 of 65536.
  mutating func code(bit: UInt32, probability: UInt32) -> UInt32

  /// Codes one byte under a full distribution.
  mutating func code(byte: UInt8, under next: borrowing ByteDistribution) -> UInt8

  /// Codes one of a few alternatives.
  ///
  /// - Parameters:
  ///   - index: of the alternative, within `frequencies`, whose frequency there is not zero.
  ///   - frequencies: one a possible alternative; their sum is `total`.
  ///   - total: at most 2^24.
  mutating func code(index: Int, among frequencies: Span<UInt32>, total: UInt32) -> Int

  /// Whether `target(total:)` tells where the coded value lies: true for decoders, which are not told the
  /// value. A constant of the type, so that a body that asks costs nothing where it is specialised.
  static var decodes: Bool { get }

  /// The first half of coding an interval of `0..<total`, for bodies that keep frequencies in a form of
  /// their own: a decoder's point in `0..<total`, which lies inside the coded interval; 0 for the others.
  mutating func target(total: UInt32) -> UInt32

  /// The second half: codes the interval of `frequency` parts, at least 1, above the first `below` of
  /// `total` parts. `total` is at most 2^24 and the same as that given to `target`.
  mutating func narrow(below: UInt32, frequency: UInt32, total: UInt32)

  /// Whether a decoder has gone past the end of what it was given, so that what it returns means
  /// nothing: for bodies that would otherwise believe a number that makes them go on for long.
  var isExhausted: Bool { get }
}

extension SymbolCoder where Self: ~Copyable {
  public var isExhausted: Bool { false }
}
