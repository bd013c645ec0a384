/// Writes under a model that was trained before. It learns nothing.
final class FrozenWriter: TextWriter {
  private let make: () throws(BPBError) -> any FrozenModel
  let learns = false

  init(_ make: @escaping () throws(BPBError) -> any FrozenModel) { self.make = make }

  func learn(_ bytes: Span<UInt8>) {}

  func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError) {
    try make().write(count, after: prompt, drawing: sampling, to: sink)
  }
}

extension FrozenModel {
  /// Writes `count` bytes after `prompt`; see `TextWriter.write`.
  package func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError) {
    var sampling = sampling
    var piece: [UInt8] = []
    var failure: BPBError?
    _ = continuation(of: prompt, count: count) { frequencies in
      let byte = UInt8(truncatingIfNeeded: sampling.index(among: frequencies))
      piece.append(byte)
      guard piece.count == writtenPiece else { return byte }
      do throws(BPBError) {
        try sink(piece.span)
        piece.removeAll(keepingCapacity: true)
        return byte
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    try sink(piece.span)
  }
}
