/// A frozen model that other programs can read as text, such as ARPA of an n-gram model.
public protocol TextExporting: FrozenModel {
  /// Hands the whole model to `sink`, in pieces of bounded size.
  ///
  /// - Throws: whatever `sink` throws.
  func exportText(to sink: ByteSink) throws(BPBError)
}

/// A method whose models can be made from such text, which need not be ours, instead of learned.
public protocol TextImporting: LearningMethod {
  /// The model that the text holds, as a learner that knows it and learns no more.
  ///
  /// - Parameter next: delivers at least one byte and at most so many, or none at the text's end.
  /// - Throws: `badData` with the line that is at fault; `methodFailed` when there is no memory; whatever
  ///   `next` throws.
  func importText(
    from next: (_ atMost: Int) throws(BPBError) -> [UInt8]
  ) throws(BPBError) -> any Learner
}
