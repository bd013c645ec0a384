import BitsPerByte
import Reports
import Synchronization

/// One run of a scale plan with everything around it: records, progress, the limit on time, and what went
/// wrong.
struct ScaleRun {
  let plan: ScalePlan
  let run: RunRecord
  let running: RunOptions
  let appender: RecordsAppender?
  let deadline: Deadline

  /// Measures what is not known yet.
  ///
  /// - Throws: `inputOutput` when not even the run can be recorded.
  func measure() async throws(BPBError) -> RunResult {
    let earlier = running.fresh ? Records() : appender?.records ?? Records()
    let jobs = run.shard?.part(of: plan.jobs) ?? plan.jobs
    let missing = plan.missing(from: earlier, among: jobs)
    let known = jobs.count - missing.count
    noteOtherStreams(in: earlier)
    if known > 0 { Terminal.notice("\(known) of \(jobs.count) jobs taken from the records") }
    if !missing.isEmpty { Terminal.notice(estimate(of: missing)) }
    if let appender,
      !missing.isEmpty || !appender.records.runs.contains(where: run.asksTheSame(as:))
    {
      try appender.append(.run(run))
    }
    return await measure(missing, after: earlier)
  }

  /// What is to be measured, and what that is expected to take.
  private func estimate(of jobs: [ScaleJob]) -> String {
    let seconds = jobs.reduce(0) { $0 + $1.expectedSeconds } / Double(running.jobCount)
    return "\(jobs.count) \(jobs.count == 1 ? "job" : "jobs"), about "
      + "\(NumberFormat.duration(max(seconds, 1))) if nothing else runs"
  }

  /// Says so if the records are of something else: nobody should wonder why all is measured again.
  private func noteOtherStreams(in earlier: Records) {
    let streams = earlier.runs.compactMap { $0.scale?.stream }
    guard !streams.isEmpty, !streams.contains(plan.record.stream) else { return }
    Terminal.notice(
      "the records are of another corpus, seed or split; they are kept, and nothing is taken from them"
    )
  }

  private func measure(_ missing: [ScaleJob], after earlier: Records) async -> RunResult {
    let lines = Mutex<[RecordLine]>([])
    let progress = Progress(
      cells: missing.count, work: missing.reduce(0) { $0 + $1.expectedSeconds })
    let meter = ScaleMeter(
      run: run.run, plan: plan, clock: MonotonicClock(),
      isCancelled: { [deadline] in Interrupt.endsTask || deadline.hasPassed },
      advanced: { progress.advanced(by: $0) })
    var problems: [BPBError] = []
    do throws(BPBError) {
      try await running.scheduler().run(
        missing, isCancelled: meter.isCancelled,
        perform: { [appender] job in
          Self.perform(job, meter) { line throws(BPBError) in
            lines.withLock { $0.append(line) }
            try appender?.append(line)
          }
        },
        deliver: { outcome throws(BPBError) in
          progress.finishedCell()
          if case .failure(let error) = outcome.result, error.code != .cancelled { throw error }
        })
    } catch {
      problems.append(error)
    }
    progress.end()
    if Interrupt.isRequested {
      problems.append(.stoppedEarly)
    } else if deadline.hasPassed {
      Terminal.notice("the time was up before everything was measured; the report is of the rest")
    }
    let all = earlier.adding(lines.withLock { $0 })
    return RunResult(
      records: all, problems: problems,
      hasFailures: all.prefixes.contains { $0.error != nil }
        || all.frozen.contains { $0.error != nil })
  }

  private static func perform(
    _ job: ScaleJob, _ meter: ScaleMeter, emit: (RecordLine) throws(BPBError) -> Void
  ) -> Result<Void, BPBError> {
    do throws(BPBError) {
      return .success(try meter.measure(job, emit: emit))
    } catch {
      return .failure(error)
    }
  }
}
