import BPBCore
import Charts
import Corpora
import Evidence
import Measuring
import NeuralModels
import Reports
import RunRecords
import Testing

@testable import Studies

/// Findings from records that were made up: each claim's outcomes, and the frauds that must not get a verdict.
@Suite struct LadderTests {
  private static let text = StudyText(
    training: [UInt8](repeating: 97, count: 300_000), tune: [UInt8](repeating: 98, count: 600),
    test: [UInt8](repeating: 99, count: 700), stream: "stream")

  private let study = LadderStudy()

  private var plan: StudyPlan {
    StudyPlan(
      study, on: Self.text, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)])
  }

  /// The plan with the cells of all coders, whether or not this build has their libraries.
  private var wholePlan: StudyRecord {
    var record = plan.record
    let every = "coder=zlib:9 "
    for coder in LadderScale(.quick, trainingBytes: Self.text.training.count).coders {
      guard case .method(let name) = coder,
        !record.cells.contains(where: { $0.hasPrefix("coder=\(name) ") })
      else { continue }
      record.cells += record.cells.filter { $0.hasPrefix(every) }
        .map { "coder=\(name) " + $0.dropFirst(every.count) }
    }
    return record
  }

  /// A ladder in which everything claimed is so.
  private static let right: [String: Double] = [
    "zlib:9": 3.2, "bzip2:9": 2.8, "xz:6": 2.9, "kn:4": 2.5, "ppm:h": 2.3, "ppm:best": 2.1,
  ]

  /// Records in which `coded` gives what coders take, bits per byte; `change` alters each cell before it is written down.
  private func results(
    coded: [String: Double] = right, optimum: (Double) -> Double = { 18 * $0.squareRoot() },
    online: Double = -0.3, change: (inout StudyCellRecord) -> Void = { _ in }
  ) -> StudyResults {
    let record = wholePlan
    let lines = record.cells.map { name -> RecordLine in
      var cell = StudyCellRecord(
        key: .init(study: study.name, protocolVersion: "1", stream: "stream", cell: name), run: "r")
      let bytes = cell.number("bytes")!
      let isRandom = cell.parameter("text") != "training"
      var figure = isRandom ? 8.1 : coded[cell.parameter("coder") ?? ""] ?? 4
      if let size = cell.parameter("network") ?? cell.parameter("online") {
        let parameters = Double(LadderCoder.architecture(size).parameterCount)
        let distance = Mathematics.log2(parameters / optimum(bytes))
        let luck = 0.001 * (cell.number("seed") ?? 0)
        if !isRandom { figure = 3 + luck + 0.05 * distance * distance }
        if cell.parameter("online") != nil && !isRandom { figure = 3 + online }
        cell.figures["parameters"] = parameters
      }
      cell.figures.merge(
        [
          "bytes": bytes, "coded": figure, "two-part": figure, "prequential": figure,
          "residual": isRandom ? 1 : 2, "excess": 20, "model": 100,
        ]) { old, _ in old }
      cell.series["coded"] = LadderBlocks(bytes: Int(bytes)).ranges.enumerated().map {
        figure * Double($1.count) * ($0.isMultiple(of: 2) ? 1.001 : 0.999)
      }
      change(&cell)
      return .study(cell)
    }
    return StudyResults(record, in: Records(lines))
  }

  private func altered(
    online: Double = -0.3, _ change: (inout StudyCellRecord) -> Void
  ) -> StudyResults {
    results(online: online, change: change)
  }

  private func answer(_ claim: StudyClaim, _ results: StudyResults) throws -> StudyAnswer {
    try #require(
      study.findings(of: results).answers.first { $0.claim.name == claim.name })
  }

  private func outcome(_ claim: StudyClaim, _ results: StudyResults) throws -> Verdict.Outcome? {
    try answer(claim, results).verdict?.outcome
  }

  @Test func whatIsClaimedIsSupportedWhereItIsSo() throws {
    let outcomes = study.findings(of: results()).answers.map { $0.verdict?.outcome }
    #expect(outcomes == [.supported, .supported, .supported, .supported])
  }

  // MARK: The order of coders

  @Test func oneStepThatIsWrongBreaksTheOrder() throws {
    var coded = Self.right
    coded["kn:4"] = 2.85
    let verdict = try #require(try answer(LadderStudy.order, results(coded: coded)).verdict)
    #expect(verdict.outcome == .notSupported)
    #expect(abs(verdict.estimate.value + 0.05) < 1e-3, "of the step from bzip2 to Kneser-Ney")
  }

  /// The best of a family stands for it.
  @Test func anOrderNeedsAllOfItsCoders() throws {
    let all = results()
    let without = StudyResults(
      all.plan,
      in: Records(all.cells.filter { $0.parameter("coder") != "xz:6" }.map { .study($0) }))
    let answer = try answer(LadderStudy.order, without)
    #expect(answer.verdict == nil && answer.sentence.contains("not every coder"))
  }

  @Test func anOrderThatVariesIsNotDecided() throws {
    let varying = altered { cell in
      guard cell.parameter("coder") == "ppm:h" else { return }
      cell.series["coded"] = cell.series["coded"]!.enumerated().map {
        $1 * ($0.isMultiple(of: 2) ? 1.5 : 0.5)
      }
    }
    #expect(try outcome(LadderStudy.order, varying) == .inconclusive)
  }

  // MARK: The best size

  @Test func theBestSizeIsFoundBetweenSizes() throws {
    let verdict = try #require(try answer(LadderStudy.grows, results()).verdict)
    #expect(abs(verdict.estimate.value - 0.5) < 0.05)
  }

  @Test func aBestSizeThatStaysIsNoGrowth() throws {
    #expect(try outcome(LadderStudy.grows, results(optimum: { _ in 3000 })) == .notSupported)
  }

  @Test func aBestSizeOfOtherSeedsIsNotDecided() throws {
    // By seed the best size grows with the power 0.15, 0.5 or 0.85 of the text.
    let varying = altered { cell in
      guard cell.parameter("network") != nil, cell.parameter("text") == "training" else { return }
      let exponent = 0.5 + 0.35 * (cell.number("seed")! - 2)
      let growth = Mathematics.log2(cell.number("bytes")! / 100_000) * exponent
      let distance = Mathematics.log2(cell.figures["parameters"]! / 5700) - growth
      cell.figures["two-part"] = 3 + 0.05 * distance * distance
    }
    #expect(try outcome(LadderStudy.grows, varying) == .inconclusive)
  }

  @Test func aMinimumAtTheEdgeIsNone() throws {
    let edge = try answer(LadderStudy.grows, results(optimum: { $0 / 100 }))
    #expect(edge.verdict == nil)
    #expect(
      edge.sentence.hasSuffix(
        "No verdict: inconclusive, as the best size is known of 1 texts and 3 are needed: of 30,000 bytes the smallest "
          + "network is as good as any, so that a still smaller one might be better; of 100,000 bytes the smallest "
          + "network is as good as any, so that a still smaller one might be better."))
    let large = try answer(LadderStudy.grows, results(optimum: { $0 }))
    #expect(large.verdict == nil && large.sentence.contains("a still larger one might be better"))
  }

  // MARK: Two accounts of networks

  @Test(arguments: [
    (-0.3, Verdict.Outcome.supported), (0.005, .notSupported), (0.3, .notSupported),
  ])
  func networksOnlineAreHeldAgainstTheBestThatIsSent(
    online: Double, outcome: Verdict.Outcome
  ) throws {
    #expect(try self.outcome(LadderStudy.prequential, results(online: online)) == outcome)
  }

  @Test func aDifferenceThatVariesIsNotDecided() throws {
    let varying = altered(online: -0.02) { cell in
      guard cell.parameter("online") != nil else { return }
      cell.series["coded"] = cell.series["coded"]!.enumerated().map {
        $1 * ($0.isMultiple(of: 2) ? 1.2 : 0.8)
      }
    }
    #expect(try outcome(LadderStudy.prequential, varying) == .inconclusive)
  }

  // MARK: Likelihood as a length

  @Test func aFileThatIsLongerThanItsLikelihoodIsSeen() throws {
    for excess in [500.0, -500] {
      let long = altered { $0.figures["excess"] = excess }
      #expect(try outcome(LadderStudy.lossless, long) == .notSupported)
      let one = altered { if $0.parameter("coder") == "ctw" { $0.figures["excess"] = excess } }
      #expect(try outcome(LadderStudy.lossless, one) == .inconclusive)
    }
  }

  @Test func aFileThatDoesNotComeBackGetsNoVerdict() throws {
    let wrong = results()
    let lines = wrong.cells.map { cell -> RecordLine in
      var cell = cell
      if cell.parameter("coder") == "ctw" {
        cell.error = "did not verify: its file gives other bytes"
      }
      return .study(cell)
    }
    let answer = try answer(LadderStudy.lossless, StudyResults(wrong.plan, in: Records(lines)))
    #expect(answer.sentence.hasSuffix("No verdict: a file did not give its text back."))
  }

  // MARK: Frauds

  /// An account below 8 bits for each random byte takes the verdict from what rests on it, and from nothing else.
  @Test func anAccountThatIsTooGoodOnRandomBytesGetsNoVerdict() throws {
    let forgetful = altered { cell in
      guard cell.parameter("text") != "training", cell.parameter("network") != nil else { return }
      cell.figures["two-part"] = 1.2
    }
    let answers = study.findings(of: forgetful).answers
    #expect(answers.map { $0.verdict == nil } == [false, true, true, true])
    #expect(
      answers[1].sentence.hasSuffix(
        "No verdict: by the account two-part 10k, sent along takes 1.200 bits for each random byte, and nothing honest takes less than 8."
      ))
    let slightly = altered {
      if $0.parameter("text") != "training" { $0.figures["coded"] = 7.9979 }
    }
    #expect(
      study.findings(of: slightly).answers.map { $0.verdict == nil } == [true, false, true, true])
    let noise = altered { if $0.parameter("text") != "training" { $0.figures["coded"] = 7.9981 } }
    #expect(study.findings(of: noise).answers.allSatisfy { $0.verdict != nil })
  }

  /// A network that knows nothing by heart could forget its weights unseen.
  @Test func aControlWithoutTeethIsNone() throws {
    let dull = altered { if $0.parameter("text") != "training" { $0.figures["residual"] = 7.9 } }
    let answer = try answer(LadderStudy.grows, dull)
    #expect(answer.verdict == nil && answer.sentence.contains("to know random bytes by heart"))
    let none = altered { if $0.parameter("text") != "training" { $0.figures = [:] } }
    #expect(study.findings(of: none).answers.allSatisfy { $0.verdict == nil })
  }

  // MARK: What is shown

  @Test func tablesAndChartsAreOfEverything() throws {
    let findings = study.findings(of: results())
    #expect(findings.tables.count == 3 && findings.charts.map(\.name) == ["two-part"])
    let coders = findings.tables[0].rows
    #expect(coders.count == 16 + 5 + 5 && coders.last?.first == "ppm:best")
    let marked = findings.tables[1].rows.filter { $0[6].hasSuffix("*") }
    #expect(marked.count == 3)
    let chart = findings.charts[0].chart
    #expect(chart.series.map(\.points.count) == [3, 4, 5, 3])
  }

  @Test func anEmptyRunSaysSo() {
    let findings = study.findings(of: StudyResults(plan.record, in: Records([])))
    #expect(findings.tables.isEmpty && findings.charts.isEmpty)
    #expect(findings.answers.allSatisfy { $0.verdict == nil })
  }
}
