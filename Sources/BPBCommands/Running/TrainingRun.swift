import BitsPerByte
import Reports

/// A method that is to learn from a corpus.
struct TrainingRun {
  let method: Method
  let learning: any LearningMethod
  let corpus: Corpus

  /// What came of it.
  struct Model {
    var learning: any LearningMethod
    var metadata: ModelMetadata
    var sketch: [UInt8]
    var body: [UInt8]
    /// Seconds of learning, and of making the body.
    var seconds: Double
    /// What the learner did not see; empty if nothing was held out.
    var heldOut: [UInt8] = []
  }

  /// Learns from the corpus, or from the part of it that is not held out.
  ///
  /// - Throws: `noInput` when too little is there to hold any of it out; what reading and learning throw;
  ///   `cancelled`.
  func learned(holdOut share: Double?, seed: UInt64) throws(BPBError) -> Model {
    var heldOut: [UInt8] = []
    var sources = corpus.files
    if let share {
      let arrangement = try CorpusArrangement(of: corpus, seed: seed, heldOutShare: share)
      guard let part = arrangement.heldOut else {
        throw BPBError(.noInput, arrangement.remark ?? "nothing can be held out")
      }
      heldOut = Array(arrangement.stream[part])
      sources = [CorpusFile(name: "", bytes: Array(arrangement.stream[arrangement.training]))]
    }
    var model = try learned(from: sources)
    model.heldOut = heldOut
    model.metadata.holdOutShare = share
    model.metadata.seed = share == nil ? nil : seed
    return model
  }

  private func learned(from sources: [CorpusFile]) throws(BPBError) -> Model {
    let byteCount = sources.reduce(0) { $0 + $1.byteCount }
    let clock = MonotonicClock()
    let progress = Progress(
      cells: sources.count, work: Double(byteCount), activity: "learning")
    defer { progress.end() }
    let learner = try learning.makeLearner(byteCount: byteCount)
    var sketch = WindowSketch(byteCount: byteCount)
    var seconds = 0.0
    for file in sources {
      try file.read { piece throws(BPBError) in
        try Self.checkInterrupt()
        let start = clock.now()
        learner.learn(piece)
        seconds += clock.now() - start
        sketch.add(piece)
        progress.advanced(by: Double(piece.count))
      }
      progress.finishedCell()
    }
    try Self.checkInterrupt()
    var model = try model(of: learner, learnedBytes: byteCount, sketch: sketch.serialised)
    model.seconds += seconds
    return model
  }

  /// Takes over the model that the corpus' one file holds as text.
  ///
  /// - Throws: `usage` when the method reads no such text, or there are several files; `badData` from the
  ///   text.
  func imported() throws(BPBError) -> Model {
    guard let importing = learning as? any TextImporting else {
      throw BPBError(
        .usage, "reads no ARPA files", subject: "method '\(SafeText.escape(method.name))'",
        advice: "name a method of n-grams that does, as in kn:6")
    }
    guard corpus.files.count == 1, let file = corpus.files.first else {
      throw BPBError(.usage, "--from-arpa reads one file", advice: "name one")
    }
    var text: [UInt8] = []
    try file.read { piece throws(BPBError) in text.append(piece) }
    var position = 0
    do throws(BPBError) {
      let learner = try importing.importText { count throws(BPBError) in
        try Self.checkInterrupt()
        let piece = text[position..<min(position + count, text.count)]
        position = piece.endIndex
        return Array(piece)
      }
      // What the n-grams were counted in is not known; the file itself names itself.
      return try model(of: learner, learnedBytes: 0, sketch: [])
    } catch {
      throw error.about(file.name)
    }
  }

  private func model(
    of learner: any Learner, learnedBytes: Int, sketch: [UInt8]
  ) throws(BPBError) -> Model {
    let clock = MonotonicClock()
    let start = clock.now()
    let body = try learner.fileBody()
    let metadata = ModelMetadata(
      method: method.name, methodVersion: method.version, precision: learning.filePrecision,
      bpbVersion: BPB.version, corpus: CorpusRecord(corpus), learnedBytes: learnedBytes,
      notes: learner.notes)
    return Model(
      learning: learning, metadata: metadata, sketch: sketch, body: body,
      seconds: clock.now() - start)
  }

  private static func checkInterrupt() throws(BPBError) {
    if Interrupt.isRequested { throw BPBError(.cancelled, "stopped; no model was written") }
  }
}

extension TrainingRun.Model {
  /// Writes the model file.
  func write(to output: ByteOutput) throws(BPBError) {
    try ModelFile.write(body.span, metadata: metadata, sketch: sketch) {
      bytes, offset throws(BPBError) in try output.write(bytes, at: offset)
    }
  }

  /// Writes the model as text for other programs.
  ///
  /// - Throws: `usage` for a model that has no such form.
  func export(to output: ByteOutput, named name: String) throws(BPBError) {
    guard let exporting = try opened() as? any TextExporting else {
      throw BPBError(
        .usage, "cannot be written in ARPA format",
        subject: "a model of '\(SafeText.escape(metadata.method))'",
        advice: "name a method of n-grams that can, as in kn:6")
    }
    try exporting.exportText { bytes throws(BPBError) in try output.write(bytes) }
  }

  /// What the model pays for what it did not see; nil if nothing was held out.
  func heldOutFigures() throws(BPBError) -> Estimate? {
    guard !heldOut.isEmpty else { return nil }
    return try HeldOutEstimate.estimate(of: opened(), on: heldOut)
  }

  private func opened() throws(BPBError) -> any FrozenModel {
    let bytes = ModelBytes(copying: body.span)
    return try learning.open(bytes)
  }
}
