import BPBCore
import Evidence
import Measuring
import RunRecords
import Synchronization
import Testing

@testable import Studies

/// A study of whatever cells it is given.
struct GivenStudy: Study {
  let name = "given"
  let protocolVersion = "1"
  let summary = "What cells of several names do"
  let claims: [StudyClaim] = []
  let given: [StudyCell]

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] { given }

  func findings(of results: StudyResults) -> StudyFindings { StudyFindings() }
}

extension StudyPlan {
  /// The plan of these cells alone.
  init(_ cells: [StudyCell], on text: StudyText = smallText) {
    self.init(
      GivenStudy(given: cells), on: text, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)])
  }
}

/// Cells that give records of several names, one after the other.
@Suite struct StudyCellTests {
  /// What happened, in order.
  private final class Log: Sendable {
    private let state = Mutex<[String]>([])
    func note(_ line: String) { state.withLock { $0.append(line) } }
    var lines: [String] { state.withLock { $0 } }
  }

  /// A clock that goes on by a second whenever it is read.
  private final class CountingClock: RunClock {
    private let count = Mutex(0.0)
    func now() -> Double {
      count.withLock {
        $0 += 1
        return $0
      }
    }
  }

  private static let names = ["a", "b", "c"]

  /// Gives what is not known of three names, and fails after so many.
  private func cell(_ log: Log, failingAfter count: Int = 3) -> StudyCell {
    StudyCell(Self.names, expectedSeconds: 1, memoryNeed: 1, threads: 2) {
      bench, give throws(BPBError) in
      var done = 0
      for name in Self.names where !bench.known.contains(name) {
        guard done < count else { throw BPBError(.methodFailed, "out of luck") }
        try bench.pause()
        log.note("measures \(name)")
        try give(name, StudyFigures(figures: ["threads": Double(bench.threads)]))
        done += 1
      }
    }
  }

  private func context(
    clock: any RunClock = StandingClock(), threads: Int = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> StudyContext {
    StudyContext(run: "r", clock: clock, threads: threads, isCancelled: isCancelled)
  }

  /// The records of a cell after `earlier`, until the measuring ends or fails.
  private func records(
    _ cell: StudyCell, after earlier: [StudyCellRecord] = [], in context: StudyContext,
    give: (StudyCellRecord) throws(BPBError) -> Void = { _ throws(BPBError) in }
  ) -> (records: [StudyCellRecord], error: BPBError?) {
    let plan = StudyPlan([cell])
    var records: [StudyCellRecord] = []
    do throws(BPBError) {
      try plan.measure(cell, after: Records(earlier.map { .study($0) }), in: context) {
        record throws(BPBError) in
        records.append(record)
        try give(record)
      }
      return (records, nil)
    } catch {
      return (records, error)
    }
  }

  @Test func recordsAreGivenAsTheyCome() {
    let log = Log()
    let (records, error) = records(cell(log), in: context(clock: CountingClock(), threads: 2)) {
      record throws(BPBError) in log.note("gives \(record.cell)")
    }
    #expect(error == nil)
    #expect(records.map(\.cell) == Self.names && records.allSatisfy { $0.error == nil })
    #expect(log.lines == Self.names.flatMap { ["measures \($0)", "gives \($0)"] })
    #expect(records.allSatisfy { $0.seconds == 1 }, "each by itself, not since the first began")
    #expect(records.allSatisfy { $0.figures["threads"] == 2 })
  }

  @Test func allNamesAreOfThePlan() {
    let plan = StudyPlan([cell(Log())])
    #expect(plan.record.cells == Self.names)
    #expect(plan.cells.map(\.threads) == [2])
  }

  @Test func whatIsKnownIsNotMeasuredAgain() {
    let (log, cell) = (Log(), cell(Log()))
    let all = records(cell, in: context()).records
    let known = [all[0], all[2]]
    let again = records(self.cell(log), after: known, in: context())
    #expect(again.records == [all[1]])
    #expect(log.lines == ["measures b"])
    let plan = StudyPlan([cell])
    #expect(plan.missing(from: Records(known.map { .study($0) })).count == 1)
    #expect(plan.missing(from: Records(all.map { .study($0) })).isEmpty)
  }

  @Test func aFailureMarksWhatRemains() {
    let (records, error) = records(cell(Log(), failingAfter: 1), in: context())
    #expect(error == nil, "the run goes on with other cells")
    #expect(records.map(\.cell) == Self.names)
    #expect(records.map(\.error) == [nil, "out of luck", "out of luck"])
    #expect(records[0].figures["threads"] == 1 && records[1].figures.isEmpty)
    let again = self.records(cell(Log()), after: records, in: context()).records
    #expect(again.map(\.cell) == ["b", "c"], "what failed is tried again")
    #expect(again.allSatisfy { $0.error == nil })
  }

  /// What an earlier run knows is not overwritten by a failure of this one.
  @Test func aFailureLeavesWhatWasKnown() {
    let all = records(cell(Log()), in: context()).records
    let (records, _) = records(
      cell(Log(), failingAfter: 0), after: [all[1]], in: context())
    #expect(records.map(\.cell) == ["a", "c"])
    #expect(records.allSatisfy { $0.error == "out of luck" })
  }

  @Test(arguments: [3, 1]) func whatTakesTheRecordsMayStopTheRun(failingAfter: Int) {
    let log = Log()
    let (records, error) = records(cell(log, failingAfter: failingAfter), in: context()) {
      record throws(BPBError) in
      if record.cell == "b" { throw BPBError(.inputOutput, "the disk is full") }
    }
    #expect(error?.code == .inputOutput && error?.description == "the disk is full")
    #expect(records.map(\.cell) == ["a", "b"], "and nothing is given after it")
    #expect(!log.lines.contains("measures c"))
  }

  @Test func whatIsStoppedKeepsWhatWasGiven() {
    let log = Log()
    let (records, error) = records(
      cell(log), in: context(isCancelled: { log.lines.contains("measures b") }))
    #expect(error?.code == .cancelled)
    #expect(records.map(\.cell) == ["a", "b"] && records.allSatisfy { $0.error == nil })
  }
}
