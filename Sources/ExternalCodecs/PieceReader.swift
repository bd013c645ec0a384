import BPBCore

/// Hands out a file piece by piece, also while a program still writes to it.
struct PieceReader {
  private var offset = 0

  /// Hands out the next piece of at most 64 KiB; false if there is none yet.
  mutating func handOut(_ file: borrowing OpenFile, to sink: ByteSink) throws(BPBError) -> Bool {
    let piece = try file.read(at: offset)
    guard !piece.isEmpty else { return false }
    offset += piece.count
    try sink(piece.span)
    return true
  }
}
