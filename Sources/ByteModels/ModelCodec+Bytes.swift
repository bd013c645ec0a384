public import BPBCore

/// Appends the ideal length of each byte of a piece that follows those before.
@usableFromInline
typealias ByteScorer = (_ input: Span<UInt8>, _ bits: inout [Double]) -> Void

/// Bytes between two calls of `pause`.
private let pieceSize = 1 << 16

extension ModelCodec: ByteScoring {
  /// Bits as the model learns: each byte is predicted before the model has learned from it.
  public func byteLengths(
    of block: Span<UInt8>, pause: () throws(BPBError) -> Void
  ) throws(BPBError) -> ByteLengths {
    let score = try byteScorer(block.count)
    var bits: [Double] = []
    bits.reserveCapacity(block.count)
    for start in stride(from: 0, to: block.count, by: pieceSize) {
      score(block.extracting(start..<min(start + pieceSize, block.count)), &bits)
      try pause()
    }
    return ByteLengths(bits: bits)
  }
}
