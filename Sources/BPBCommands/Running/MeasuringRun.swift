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
  private let shard: Shard?

  /// - Parameters:
  ///   - appender: of `--records`, opened before the work began.
  ///   - shard: the part of it all that is measured; nil for all.
  init(
    _ options: MeasureOptions, corpus: Corpus, methods: [Method], policy: BlockPolicy,
    appender: RecordsAppender?, shard: Shard? = nil
  ) {
    self.options = options
    self.corpus = corpus
    self.methods = methods
    self.policy = policy
    self.appender = appender
    self.shard = shard
  }

  /// What a run gave.
  struct Result {
    var run: RunRecord
    var cells: [CellRecord]
    /// What could not be measured because of an input, or the user's wish to stop.
    var problems: [BPBError]

    /// Adds what became of a cell, and records it. A cell that was stopped leaves no trace.
    mutating func add(
      _ outcome: Swift.Result<CellRecord, BPBError>, to appender: RecordsAppender?
    ) throws(BPBError) {
      switch outcome {
      case .success(let cell):
        cells.append(cell)
        try appender?.append(.cell(cell))
      case .failure(let error):
        // A file that cannot be read is said once, however many methods wanted it.
        if error.code != .cancelled && !problems.contains(error) { problems.append(error) }
      }
    }

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
  /// - Throws: `inputOutput` when not even the run can be recorded. Records that cannot be written
  ///   later end the run, and are among its problems.
  func measure() async throws(BPBError) -> Result {
    let measurement = Measurement(corpus: corpus, methods: methods, policy: policy).part(shard)
    let earlier = options.running.fresh ? [] : appender?.records.cells ?? []
    let (known, missing) = measurement.resume(
      from: earlier, verifies: !options.noDecodeCheck, timing: options.recordTiming)
    let run = RunRecord(
      corpus: corpus, policy: policy.description, methods: methods, shard: shard)
    if let appender,
      !missing.isEmpty || !appender.records.runs.contains(where: run.asksTheSame(as:))
    {
      try appender.append(.run(run))
    }
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
    do throws(BPBError) {
      try await options.scheduler().run(missing, with: meter) { outcome throws(BPBError) in
        try result.add(outcome.result, to: appender)
        progress.finishedCell()
      }
    } catch {
      result.problems.append(error)
    }
    if Interrupt.isRequested, result.cells.count < known.count + missing.count {
      result.problems.append(.stoppedEarly)
    }
    return result
  }
}
