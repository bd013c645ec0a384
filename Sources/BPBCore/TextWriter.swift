/// A model that goes on writing where a text ends. Used from one thread, once: some texts are learned, then one is
/// written.
public protocol TextWriter: AnyObject {
  /// Whether it learns from texts; what was trained before does not.
  var learns: Bool { get }

  /// Learns from `bytes`, which follow those before; perhaps only when it is to write.
  func learn(_ bytes: Span<UInt8>)

  /// Writes `count` bytes after all that it learned from and then `prompt`.
  ///
  /// - Parameter sink: gets the bytes in pieces as they are drawn; and now and then in long work none, so that it can
  ///   stop it.
  /// - Throws: what `sink` throws; `methodFailed` when there is no memory.
  func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError)
}

/// Bytes that a writer hands out at a time: few, since somebody may be reading along.
package let writtenPiece = 64

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

/// Learns a text, and writes under the model that came of it as its snapshot has it.
final class LearningWriter: TextWriter {
  private let method: any LearningMethod
  private let learner: any Learner
  /// The end of what was learned, which the model sees before the prompt.
  private var end: [UInt8] = []
  /// As much of the end as any model remembers that does not learn while it reads.
  private static let longestEnd = 1 << 12
  let learns = true

  init(_ method: any LearningMethod, byteCount: Int) throws(BPBError) {
    self.method = method
    learner = try method.makeLearner(byteCount: byteCount)
  }

  func learn(_ bytes: Span<UInt8>) {
    learner.learn(bytes)
    end.append(bytes.extracting(last: Self.longestEnd))
    end.removeFirst(max(end.count - Self.longestEnd, 0))
  }

  func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError) {
    let snapshot = try learner.snapshot { () throws(BPBError) in try PieceSize.pause(sink) }
    let model = try method.restore(snapshot.span)
    var context = end
    context.append(prompt)
    try model.write(count, after: context.span, drawing: sampling, to: sink)
  }
}
