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
    let cells = run.shard?.part(of: plan.cells) ?? plan.cells
    let missing = plan.missing(from: earlier, among: cells)
    let (known, all) = (
      plan.knownCount(in: earlier, of: cells), cells.reduce(0) { $0 + $1.names.count }
    )
    if known > 0 {
      Terminal.notice("\(plan.record.name): \(known) of \(all) cells taken from the records")
    }
    if !missing.isEmpty { Terminal.notice(estimate(of: missing, of: all - known)) }
    if let appender,
      !missing.isEmpty || !appender.records.runs.contains(where: run.asksTheSame(as:))
    {
      try appender.append(.run(run))
    }
    return await measure(missing, after: earlier)
  }

  /// - Parameter names: those of `cells` that are not known: a cell may be known in part.
  private func estimate(of cells: [StudyCell], of names: Int) -> String {
    let seconds = cells.reduce(0) { $0 + $1.expectedSeconds } / Double(running.jobCount)
    return "\(plan.record.name): \(NumberFormat.count(names, "cell", "cells")), about "
      + "\(NumberFormat.duration(max(seconds, 1))) if nothing else runs"
  }

  private func measure(_ missing: [StudyCell], after earlier: Records) async -> RunResult {
    let progress = Progress(
      cells: missing.count, work: missing.reduce(0) { $0 + $1.expectedSeconds })
    let lines = Mutex<[RecordLine]>([])
    let context = StudyContext(
      run: run.run, clock: MonotonicClock(), threads: running.jobCount, shelf: shelf,
      isCancelled: { [deadline] in Interrupt.endsTask || deadline.hasPassed })
    var problems: [BPBError] = []
    do throws(BPBError) {
      try await running.scheduler().run(
        missing, isCancelled: context.isCancelled,
        perform: { [plan, appender] cell in
          Self.perform(cell, of: plan, after: earlier, context) { record throws(BPBError) in
            lines.withLock { $0.append(.study(record)) }
            try appender?.append(.study(record))
          }
        },
        deliver: { outcome throws(BPBError) in
          progress.advanced(by: missing[outcome.index].expectedSeconds)
          progress.finishedCell()
          if case .failure(let error) = outcome.result, error.code != .cancelled { throw error }
        })
    } catch {
      problems.append(error)
    }
    progress.end()
    let all = earlier.adding([.run(run)] + lines.withLock { $0 })
    if Interrupt.isRequested {
      problems.append(.stoppedEarly)
    } else if deadline.hasPassed, !plan.missing(from: all, among: missing).isEmpty {
      Terminal.notice(
        "\(plan.record.name): the time was up before everything was measured; the report is of the rest"
      )
    }
    let own = Records(lines.withLock { $0 })
    return RunResult(
      records: all, problems: problems,
      hasFailures: own.studyCells.contains { $0.error != nil })
  }

  private static func perform(
    _ cell: StudyCell, of plan: StudyPlan, after earlier: Records, _ context: StudyContext,
    give: (StudyCellRecord) throws(BPBError) -> Void
  ) -> Result<Void, BPBError> {
    do throws(BPBError) {
      return .success(try plan.measure(cell, after: earlier, in: context, give: give))
    } catch {
      return .failure(error)
    }
  }

  /// Cells that take long are kept beside the records.
  private var shelf: CheckpointShelf? { running.records.map(CheckpointShelf.init) }
}
