import BPBCore
import Evidence
import Measuring
import Reports
import RunRecords
import Testing

@testable import Studies

@Suite struct AnswersTests {
  private let claim = StudyClaim("a", "It is so.", Claim("bits", expects: .decrease))

  /// A study's answer by the mean of values around `value`.
  private func answer(_ value: Double, _ spread: Double = 0.001) -> StudyAnswer {
    let plan = StudyPlan(
      FakeStudy(), on: smallText, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)])
    let results = StudyResults(plan.record, in: Records([]))
    return StudyAnswer(
      claim, Estimate(meanOf: [value - spread, value, value + spread]), results)
  }

  private func outcome(_ answers: (isFor: Bool, answer: StudyAnswer?)...) -> Answers.Outcome {
    Answers.Finding(
      corpus: "c", anchors: [:],
      answers: answers.map {
        (HeardClaim.Evidence(study: "s", claim: "a", isFor: $0.isFor), $0.answer)
      }
    ).outcome
  }

  @Test func whatBearsOnAClaimDecidesIt() {
    let (yes, no, open) = (answer(-1), answer(1), answer(0, 5))
    #expect(outcome((true, yes)) == .supported)
    #expect(outcome((true, no)) == .notSupported)
    #expect(outcome((false, yes)) == .notSupported, "it speaks against what was heard")
    #expect(outcome((false, no)) == .supported)
    #expect(outcome((true, open)) == .inconclusive)
    #expect(outcome((true, yes), (true, open)) == .supported)
    #expect(outcome((true, yes), (true, no)) == .mixed)
    #expect(outcome((true, yes), (false, yes)) == .mixed)
    #expect(outcome((true, nil)) == .notMeasured)
    #expect(outcome((true, yes), (true, nil)) == .supported)
    #expect(outcome() == .notMeasured)
  }

  /// Every claim has one place, and what answers it exists.
  @Test func claimsAreAnsweredByStudiesThatThereAre() {
    let numbers = HeardClaim.all.map(\.number)
    let expected = zip(0..., [13, 19, 10, 16, 6]).flatMap { group, count in
      (1...count).map { "\(group).\($0)" }
    }
    #expect(numbers == expected)
    for claim in HeardClaim.all {
      for evidence in claim.evidence {
        #expect(
          Studies.named(evidence.study)?.claims.contains { $0.name == evidence.claim } == true,
          "\(claim.number): \(evidence.study) \(evidence.claim)")
      }
    }
  }

  @Test func namesOfClaimsAreUnique() {
    let names = Studies.all.flatMap { study in study.claims.map(\.name) }
    #expect(Set(names).count == names.count)
  }

  private func report(_ study: any Study, file: String) throws -> StudyReport {
    let plan = StudyPlan(
      study, on: smallText, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)])
    let corpus = CorpusRecord(
      files: [.init(path: file, bytes: 7, sha256: "f")], bytes: 7, sha256: "c" + file)
    let run = RunRecord(
      run: "r", started: "", command: [], bpbVersion: "1",
      environment: .init(
        system: "s", architecture: "a", cpu: nil, cores: 2, memoryBytes: 1), corpus: corpus,
      policy: "study", methods: [], study: plan.record)
    return try #require(StudyReport(run, in: Records([.run(run)])))
  }

  @Test func anOverviewNamesEveryClaimAndCorpus() throws {
    #expect(Answers([try report(CapacityStudy(), file: "a")]) == nil, "one study is no overview")
    let reports = try [
      report(CapacityStudy(), file: "x/a.txt"), report(OverfitStudy(), file: "x/a.txt"),
      report(CapacityStudy(), file: "b"),
    ]
    let answers = try #require(Answers(reports))
    #expect(answers.corpora.map(\.name) == ["a.txt", "b"])
    let text = ReportFormat.table.text(of: answers, width: 80)
    let markdown = ReportFormat.markdown.text(of: answers, width: 80)
    for claim in HeardClaim.all {
      #expect(text.contains("\n\(claim.number)  "))
      #expect(markdown.contains("\n| \(claim.number) |"))
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("    overfit: not run."), "of the second corpus")
    #expect(ReportFormat.json.text(of: answers, width: 80).contains("\"0.11\""))
    let page = ReportPage(ReportOptions()).render(
      [], [], [], reports.map { StudySections(report: $0, options: ReportOptions()) },
      cover: AnswersSections(answers: answers))
    #expect(page.contains("href=\"#capacity-cx/a.txt\"") && page.contains("id=\"capacity-cb\""))
    #expect(page.contains("Not measurable here") && page.contains("a.txt"))
    #expect(page.contains(CapacityStudy().summary))
  }
}
