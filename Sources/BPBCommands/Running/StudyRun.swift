import BitsPerByte
import Reports
import Studies
import Synchronization

/// One run of a study's plan with everything around it: records, progress, the limit on time, and what went wrong.
struct StudyRun {
  let plan: StudyPlan
  let run: RunRecord
  let running: RunOptions
  let appender: RecordsAppender?
  let deadline: Deadline

  /// Measures what is not known yet.
  ///
  /// - Throws: `inputOutput` when not even the run can be recorded.
  func measure() async throws(BPBError) -> RunResult {
    let earlier = running.fresh ? Records() : appender?.records ?? Records()
    let missing = plan.missing(from: earlier)
    let known = plan.cells.count - missing.count
    if known > 0 {
      Terminal.notice(
        "\(plan.record.name): \(known) of \(plan.cells.count) cells taken from the records")
    }
    if !missing.isEmpty { Terminal.notice(estimate(of: missing)) }
    if let appender,
      !missing.isEmpty || !appender.records.runs.contains(where: { $0.study == run.study })
    {
      try appender.append(.run(run))
    }
    return await measure(missing, after: earlier)
  }

  private func estimate(of cells: [StudyCell]) -> String {
    let seconds = cells.reduce(0) { $0 + $1.expectedSeconds } / Double(running.jobCount)
    return "\(plan.record.name): \(NumberFormat.count(cells.count, "cell", "cells")), about "
      + "\(NumberFormat.duration(max(seconds, 1))) if nothing else runs"
  }

  private func measure(_ missing: [StudyCell], after earlier: Records) async -> RunResult {
    let progress = Progress(
      cells: missing.count, work: missing.reduce(0) { $0 + $1.expectedSeconds })
    let isCancelled: @Sendable () -> Bool = { [deadline] in
      Interrupt.endsTask || deadline.hasPassed
    }
    var lines: [RecordLine] = []
    var problems: [BPBError] = []
    do throws(BPBError) {
      try await running.scheduler().run(
        missing, isCancelled: isCancelled,
        perform: { [plan, run] cell in
          do throws(BPBError) {
            return .success(
              try plan.measure(
                cell, run: run.run, clock: MonotonicClock(), isCancelled: isCancelled))
          } catch {
            return .failure(error)
          }
        },
        deliver: { outcome throws(BPBError) in
          progress.advanced(by: missing[outcome.index].expectedSeconds)
          progress.finishedCell()
          switch outcome.result {
          case .success(let record):
            lines.append(.study(record))
            try appender?.append(.study(record))
          case .failure(let error): if error.code != .cancelled { throw error }
          }
        })
    } catch {
      problems.append(error)
    }
    progress.end()
    if Interrupt.isRequested {
      problems.append(.stoppedEarly)
    } else if deadline.hasPassed, lines.count < missing.count {
      Terminal.notice(
        "\(plan.record.name): the time was up before everything was measured; the report is of the rest"
      )
    }
    let records = Records([.run(run)] + lines)
    return RunResult(
      records: earlier.adding([.run(run)] + lines), problems: problems,
      hasFailures: records.studyCells.contains { $0.error != nil })
  }
}
