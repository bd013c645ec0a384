public import BPBCore

/// What is known of bytes that a source has written.
public struct Synthesis: Sendable {
  /// SHA-256 in hexadecimal.
  public let sha256: String
  /// -log2 of the probability that the source emits these very bytes.
  public let codeLength: CodeLength
}

extension KnownSource {
  /// Hands the first `byteCount` bytes that `seed` gives to `body`, in pieces, none of which is kept.
  ///
  /// - Throws: whatever `body` throws.
  public func write(
    byteCount: Int, seed: UInt64, to body: ByteSink
  ) throws(BPBError) -> Synthesis {
    var emitter = makeEmitter(seed: seed)
    var meter = makeMeter()
    var digest = Digest()
    var piece: [UInt8] = []
    for start in stride(from: 0, to: byteCount, by: CorpusFile.pieceSize) {
      piece.removeAll(keepingCapacity: true)
      emitter.emit(min(CorpusFile.pieceSize, byteCount - start), into: &piece)
      let bytes = piece.span
      meter.add(bytes)
      digest.update(bytes)
      try body(bytes)
    }
    return Synthesis(
      sha256: digest.hexadecimal,
      codeLength: CodeLength(kind: .ideal, bits: meter.bits, byteCount: byteCount))
  }
}
