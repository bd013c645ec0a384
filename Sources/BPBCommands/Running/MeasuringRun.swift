import BitsPerByte
import Reports
import SystemPackage

/// One run of the scheduler with everything around it: what is known already, records, progress, and
/// what went wrong. Shared by every command that measures.
struct MeasuringRun {
  private let options: MeasureOptions
  private let corpus: Corpus
  private let methods: [Method]
  private let policy: BlockPolicy
  private let appender: RecordsAppender?

  /// - Parameter appender: of `--records`, opened before the work began.
  init(
    _ options: MeasureOptions, corpus: Corpus, methods: [Method], policy: BlockPolicy,
    appender: RecordsAppender?
  ) {
    self.options = options
    self.corpus = corpus
    self.methods = methods
    self.policy = policy
    self.appender = appender
  }

  /// What a run gave.
  struct Result {
    var run: RunRecord
    var cells: [CellRecord]
    /// What could not be measured because of an input, or the user's wish to stop.
    var problems: [BPBError]

    /// Whether the user stopped it.
    var isCancelled: Bool { problems.contains { $0.code == .cancelled } }

    /// What the command should end with: 0, or the code of the gravest thing that happened.
    var exitCode: Int32 {
      if isCancelled { return BPBError.Code.cancelled.rawValue }
      if cells.contains(where: { $0.error != nil }) { return BPBError.Code.methodFailed.rawValue }
      return problems.first?.code.rawValue ?? 0
    }
  }

  /// Measures what is not known yet.
  ///
  /// - Throws: `inputOutput` when records cannot be written; what was measured so far is in the file.
  func measure() async throws(BPBError) -> Result {
    let measurement = Measurement(corpus: corpus, methods: methods, policy: policy)
    let earlier = options.fresh ? [] : appender?.records.cells ?? []
    let (known, missing) = measurement.resume(
      from: earlier, verifies: !options.noDecodeCheck, timing: options.recordTiming)
    let run = runRecord()
    if !missing.isEmpty { try appender?.append(.run(run)) }
    if !known.isEmpty {
      Terminal.notice("\(known.count) of \(measurement.cells.count) cells taken from the records")
    }
    return try await measure(missing, known: known, run: run)
  }

  private func measure(
    _ missing: [Cell], known: [CellRecord], run: RunRecord
  ) async throws(BPBError) -> Result {
    var result = Result(run: run, cells: known, problems: corpus.problems)
    let progress = Progress(
      cells: missing.count, work: missing.reduce(0) { $0 + $1.expectedSeconds })
    defer { progress.end() }
    let meter = options.meter(run: run.run) { progress.advanced(by: $0) }
    try await options.scheduler().run(missing, with: meter) { outcome throws(BPBError) in
      switch outcome.result {
      case .success(let cell):
        try appender?.append(.cell(cell))
        result.cells.append(cell)
      case .failure(let error):
        // One sentence for a stop, however many cells it stopped.
        if !result.problems.contains(error) { result.problems.append(error) }
      }
      progress.finishedCell()
    }
    return result
  }

  private func runRecord() -> RunRecord {
    RunRecord(
      run: Machine.runID(), started: Machine.timestamp(),
      command: ["bpb"] + ArgumentBytes.words.map { SafeText.escape(argument: $0) },
      bpbVersion: BPB.version,
      environment: Machine.environment,
      corpus: CorpusRecord(
        files: corpus.files.map { .init(path: $0.name, bytes: $0.byteCount, sha256: $0.sha256) },
        bytes: corpus.byteCount, sha256: corpus.sha256),
      policy: policy.description, methods: methods.map(MethodRecord.init))
  }
}

extension MethodRecord {
  fileprivate init(_ method: Method) {
    self.init(
      name: method.name, version: method.version, modelBytes: method.modelBytes,
      decoderBytes: method.decoderBytes, framing: method.framingNote)
  }
}
