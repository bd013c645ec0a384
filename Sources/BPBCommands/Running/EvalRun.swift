import BitsPerByte
import Reports

/// Frozen models on files, with everything around it: what is known already, records, progress, and what
/// went wrong.
struct EvalRun {
  let models: [Model]
  let corpus: Corpus
  let running: RunOptions
  let guesses: Bool
  let appender: RecordsAppender?

  /// A model to try, and what its file says of its training data.
  struct Model {
    let method: Method
    let training: TrainingTraces?
    /// What a user should know of it, a sentence each.
    let notes: [String]

    /// The model called `name`.
    init(_ name: String, _ model: OpenedModel) {
      method = model.asMethod(named: name)
      notes = model.notes.map { "\(SafeText.escape(name)): \(SafeText.escape($0))" }
      training = model.corpus.map { corpus in
        TrainingTraces(
          sha256s: Set(corpus.files.map(\.sha256)),
          sketch: WindowSketch(serialised: model.sketch))
      }
    }
  }

  /// Measures what is not known yet.
  ///
  /// - Throws: `inputOutput` when not even the run can be recorded.
  func measure() async throws(BPBError) -> MeasuringRun.Result {
    let jobs = models.flatMap { model in
      corpus.files.map { HeldOutJob(method: model.method, file: $0, training: model.training) }
    }
    let found = jobs.map { known($0.key) }
    let missing = zip(jobs, found).compactMap { $1 == nil ? $0 : nil }
    let run = RunRecord(corpus: corpus, policy: HeldOutJob.policy, methods: models.map(\.method))
    if let appender,
      !missing.isEmpty || !appender.records.runs.contains(where: run.asksTheSame(as:))
    {
      try appender.append(.run(run))
    }
    if missing.count < jobs.count {
      Terminal.notice("\(jobs.count - missing.count) of \(jobs.count) cells taken from the records")
    }
    var result = MeasuringRun.Result(
      run: run, cells: found.compactMap(\.self), problems: corpus.problems)
    await measure(missing, into: &result)
    return result
  }

  /// The record that answers what is asked, if there is one.
  private func known(_ key: CellRecord.Key) -> CellRecord? {
    guard !running.fresh, let cell = appender?.records[key], cell.error == nil,
      let heldOut = cell.heldOut, !guesses || heldOut.topOne != nil
    else { return nil }
    return cell
  }

  private func measure(_ missing: [HeldOutJob], into result: inout MeasuringRun.Result) async {
    let progress = Progress(
      cells: missing.count, work: missing.reduce(0) { $0 + $1.expectedSeconds })
    defer { progress.end() }
    let meter = HeldOutMeter(
      run: result.run.run, guesses: guesses, clock: MonotonicClock(),
      isCancelled: { Interrupt.endsTask })
    let known = result.cells.count
    do throws(BPBError) {
      try await running.scheduler().run(
        missing, isCancelled: meter.isCancelled,
        perform: { job in
          let outcome = Self.perform(job, meter)
          progress.advanced(by: job.expectedSeconds)
          return outcome
        },
        deliver: { outcome throws(BPBError) in
          try result.add(outcome.result, to: appender)
          progress.finishedCell()
        })
    } catch {
      result.problems.append(error)
    }
    if Interrupt.isRequested, result.cells.count < known + missing.count {
      result.problems.append(.stoppedEarly)
    }
  }

  private static func perform(
    _ job: HeldOutJob, _ meter: HeldOutMeter
  ) -> Result<CellRecord, BPBError> {
    do throws(BPBError) {
      return .success(try meter.measure(job))
    } catch {
      return .failure(error.about(job.file.name))
    }
  }
}

extension BPBError {
  /// The user stopped a run that can be resumed.
  static let stoppedEarly = BPBError(
    .cancelled, "stopped before everything was measured",
    advice: "with --records the same command goes on where it stopped")
}
