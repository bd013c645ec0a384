public import BPBCore

extension KneserNeyLearning: TextImporting {
  public var exportsText: Bool { true }

  /// The model of an ARPA file, as `importARPA` reads it.
  ///
  /// - Throws: `usage` when the file's longest n-grams are not as long as the method's, or the method leaves
  ///   n-grams out or has a grain, which takes counts that such a file does not have; `badData` as `importARPA`; what `next` throws.
  public func importText(
    from next: (_ atMost: Int) throws(BPBError) -> [UInt8]
  ) throws(BPBError) -> any Learner {
    guard !pruning.isNeeded else {
      throw BPBError(
        .usage, "an ARPA file has no counts by which n-grams could be left out",
        advice: "name the method without 'prune' and 'entropy'")
    }
    guard grain == 0 else {
      throw BPBError(
        .usage, "an ARPA file has no counts whose roots could be rounded",
        advice: "name the method without 'grain'")
    }
    var text: [UInt8] = []
    while case let piece = try next(1 << 20), !piece.isEmpty { text += piece }
    let reader = try ARPAReader(text)
    guard reader.levels.count == order else {
      throw BPBError(
        .usage, "the ARPA file has n-grams of up to \(reader.levels.count) bytes, not \(order)",
        advice: "name the method kn:\(reader.levels.count)")
    }
    return try ImportedKneserNey(reader, bits: codeBits)
  }
}

/// A model that was taken over: it has no counts, so it is a model file's body and nothing else.
private final class ImportedKneserNey: Learner {
  private let body: [UInt8]
  let notes: [String]

  init(_ reader: ARPAReader, bits: Int) throws(BPBError) {
    let (trie, body) = try KneserNeyLearning.importARPA(reader, bits: bits)
    self.body = body
    notes = [KneserNeyNotes(trie).grams(body.count)]
  }

  func learn(_ bytes: Span<UInt8>) {}

  func snapshot() throws(BPBError) -> [UInt8] {
    throw BPBError(.methodFailed, "a model that was taken over has no counts for a snapshot")
  }

  func fileBody() throws(BPBError) -> [UInt8] { body }

  var memoryBytes: Int { body.count }
}
