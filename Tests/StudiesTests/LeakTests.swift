import BPBCore
import ByteModels
import Corpora
import Evidence
import Measuring
import RunRecords
import Testing

@testable import Studies

/// A study whose one model learned from the test part, or did not.
private struct CheatingStudy: Study {
  let name = "cheating"
  let protocolVersion = "1"
  let summary = "What a leak does"
  let learnsTest: Bool
  static let claim = StudyClaim("a", "Models are good.", Claim("bits", expects: .decrease))
  var claims: [StudyClaim] { [Self.claim] }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    [
      StudyCell(["cell": "one"], expectedSeconds: 1, memoryNeed: 1) { bench throws(BPBError) in
        let parts = bench.text
        let learned = parts.training + (learnsTest ? Array(parts.test.suffix(400)) : [])
        let model = try bench.model(StudyMethods.learning("kn:2"), learning: learned).model
        return StudyFigures(figures: [
          "bits": model.score(parts.test.span, blockSize: parts.test.count)[0]
        ])
      }
    ]
  }

  func findings(of results: StudyResults) -> StudyFindings {
    var findings = StudyFindings()
    findings.answers = [StudyAnswer(Self.claim, Estimate(meanOf: [-2, -2.1, -2.2]), results)]
    return findings
  }
}

@Suite struct LeakTests {
  private var text: StudyText {
    var generator = SeededGenerator(seed: 5)
    let bytes = (0..<8000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    return StudyText(
      training: Array(bytes[..<6000]), tune: Array(bytes[6000..<7000]), test: Array(bytes[7000...]),
      stream: "s")
  }

  private func results(learnsTest: Bool) throws -> (StudyResults, StudyFindings) {
    let study = CheatingStudy(learnsTest: learnsTest)
    let plan = StudyPlan(
      study, on: text, preset: .quick, seed: 1, selfCheck: [SelfCheckRow("one", passed: true)])
    let results = StudyResults(
      plan.record, in: Records(try plan.lines(plan.cells[0]).map(RecordLine.study)))
    return (results, study.findings(of: results))
  }

  @Test func aModelThatSawTheTestPartGetsNoVerdict() throws {
    let (results, findings) = try results(learnsTest: true)
    // 351 windows of 50 bytes lie in 400 bytes, of 951 in the thousand.
    #expect(results.cells[0].figures["leak"] == 351.0 / 951)
    #expect(findings.answers[0].verdict == nil)
    #expect(
      findings.answers[0].sentence
        == "Models are good. No verdict: what cell=one learned from holds 36.9 % of the test part's stretches word for word."
    )
  }

  @Test func whatDidNotSeeItGetsOne() throws {
    let (results, findings) = try results(learnsTest: false)
    #expect(results.cells[0].figures["leak"] == 0)
    #expect(findings.answers[0].verdict?.outcome == .supported)
  }

  /// What the training part itself has of the test part is said elsewhere, and is no cell's doing.
  @Test func whatTheCorpusRepeatsIsNoLeak() throws {
    let text = StudyText(
      training: self.text.training + self.text.test, tune: [], test: self.text.test, stream: "s")
    #expect(text.testOverlap == 1)
    let bench = StudyBench(text: text) { () throws(BPBError) in }
    _ = try bench.model(StudyMethods.learning("kn:2"), learning: text.training)
    #expect(bench.leak == 0)
  }
}
