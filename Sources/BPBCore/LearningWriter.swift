/// Learns a text, and writes under the model that came of it as its snapshot has it.
final class LearningWriter: TextWriter {
  private let method: any LearningMethod
  private let learner: any Learner
  /// The end of what was learned, which the model sees before the prompt.
  private var end: [UInt8] = []
  /// As much of the end as any model remembers that does not learn while it reads.
  private static let longestEnd = 1 << 12
  let learns = true
  var notes: [String] { learner.notes }

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
