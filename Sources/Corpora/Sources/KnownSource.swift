public import BPBCore

/// A source of bytes whose probabilities are known: a yardstick for whatever predicts bytes.
///
/// Probabilities are ratios of integers and bytes are drawn by integer arithmetic; a name and a seed give
/// the same bytes on every machine. Called per piece, so existentials are fine here.
public protocol KnownSource: Sendable {
  /// The canonical name, every parameter spelled out; `KnownSourceTable.builtin` finds the source by it.
  var name: String { get }

  /// The entropy rate in bits per byte: a lower and an upper bound, one figure where it is exact.
  var entropyRate: EntropyRate { get }

  /// Endless bytes that depend on the source and `seed` alone.
  func makeEmitter(seed: UInt64) -> any SourceEmitter

  /// Adds up the true code length of bytes that come in pieces.
  func makeMeter() -> any SourceMeter
}

/// The bytes of a source, piece by piece. However they are cut, they are the same.
public protocol SourceEmitter {
  /// Appends the next `count` bytes to `bytes`.
  mutating func emit(_ count: Int, into bytes: inout [UInt8])
}

/// The sum of -log2 p, p being the true probability of each byte after those before it.
public protocol SourceMeter {
  /// Adds bytes that follow those before.
  mutating func add(_ bytes: Span<UInt8>)

  /// Bits of all bytes so far; infinite if the source cannot emit them.
  var bits: Double { get }
}

extension KnownSource {
  /// The first `count` bytes that `seed` gives.
  public func bytes(count: Int, seed: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var emitter = makeEmitter(seed: seed)
    emitter.emit(count, into: &bytes)
    return bytes
  }

  /// The ideal length of `bytes` to one who knows the source: -log2 of the probability that its first
  /// `bytes.count` bytes are these. Infinite for bytes that the source cannot emit.
  public func codeLength(of bytes: [UInt8]) -> CodeLength {
    var meter = makeMeter()
    meter.add(bytes.span)
    return CodeLength(kind: .ideal, bits: meter.bits, byteCount: bytes.count)
  }
}
