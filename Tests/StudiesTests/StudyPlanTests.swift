import BPBCore
import Corpora
import Evidence
import Measuring
import RunRecords
import Testing

@testable import Studies

@Suite struct StudyPlanTests {
  private let study = FakeStudy()

  private func plan(seed: UInt64 = 1) -> StudyPlan {
    StudyPlan(
      study, on: smallText, preset: .quick, seed: seed,
      selfCheck: [SelfCheckRow("one", passed: true)])
  }

  private func measure(_ cells: [StudyCell], of plan: StudyPlan) throws -> [RecordLine] {
    try cells.flatMap { try plan.lines($0).map(RecordLine.study) }
  }

  @Test func cellsAreNamedAndCounted() {
    #expect(plan().record.cells == (0..<4).map { "part=\($0) seed=1" })
    #expect(plan().record.training.bytes == 5000)
    #expect(plan().record.selfCheck == [SelfCheckRecord(name: "one", passed: true)])
  }

  @Test func whatIsKnownIsNotMeasuredAgain() throws {
    let plan = plan()
    let lines = try measure(Array(plan.cells.prefix(2)), of: plan)
    let missing = plan.missing(from: Records(lines))
    #expect(missing.flatMap(\.names) == ["part=2 seed=1", "part=3 seed=1"])
    #expect(self.plan(seed: 2).missing(from: Records(lines)).count == 4)
    var newer = FakeStudy()
    newer.protocolVersion = "2"
    let other = StudyPlan(newer, on: smallText, preset: .quick, seed: 1, selfCheck: [])
    #expect(other.missing(from: Records(lines)).count == 4)
  }

  @Test func aRepeatedRunWritesTheSame() throws {
    let plan = plan()
    #expect(try measure(plan.cells, of: plan) == measure(plan.cells, of: plan))
  }

  @Test func whatFailsIsSaidAndTriedAgain() throws {
    let plan = plan()
    let records = Records(try measure(plan.cells, of: plan))
    let results = StudyResults(plan.record, in: records)
    #expect(results.cells.count == 3)
    #expect(results.failures == ["part=3 seed=1: out of luck"])
    #expect(results.missing.isEmpty)
    #expect(plan.missing(from: records).flatMap(\.names) == ["part=3 seed=1"])
    #expect(
      results.cells[0].figures == ["bytes": 5000, "part": 0], "what is no number is left out")
  }

  @Test func whatIsStoppedLeavesNoRecord() throws {
    let plan = plan()
    let error = #expect(throws: BPBError.self) {
      try plan.lines(plan.cells[0], isCancelled: { true })
    }
    #expect(error?.code == .cancelled)
  }

  @Test func parametersAreReadFromNames() throws {
    let plan = plan()
    let results = StudyResults(plan.record, in: Records(try measure(plan.cells, of: plan)))
    #expect(results.values(of: "part") == ["0", "1", "2"])
    #expect(results.cells(where: ["part": "1", "seed": "1"]).map(\.cell) == ["part=1 seed=1"])
    #expect(results.cells(where: ["part": "1", "seed": "2"]).isEmpty)
    #expect(results.cells[0].parameter("par") == nil)
  }

  @Test func withoutASelfCheckThereIsNoVerdict() throws {
    let failed = StudyPlan(
      study, on: smallText, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: false)])
    let claim = StudyClaim("c", "It is so.", Claim("x", expects: .increase))
    let estimate = Estimate(value: 1, interval: Interval(low: 0.9, high: 1.1))
    let none = StudyResults(failed.record, in: Records())
    #expect(StudyAnswer(claim, estimate, none).verdict == nil)
    let some = StudyResults(plan().record, in: Records())
    #expect(StudyAnswer(claim, estimate, some).verdict?.outcome == .supported)
    #expect(StudyAnswer(claim, nil as Estimate?, some).verdict == nil)
  }
}
