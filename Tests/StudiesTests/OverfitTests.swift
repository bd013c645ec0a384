import BPBCore
import Evidence
import Measuring
import NeuralModels
import Reports
import RunRecords
import Testing

@testable import Studies

@Suite struct OverfitTests {
  private let study = OverfitStudy()

  /// A text that is long enough for every cell of a preset.
  private var text: StudyText {
    StudyText(
      training: [UInt8](repeating: 97, count: 900_000), tune: [98],
      test: [UInt8](
        repeating: 99, count: 700), stream: "stream")
  }

  /// Records of the preset's cells, each as `fill` fills it.
  private func results(
    _ preset: StudyPreset = .quick, _ fill: (inout StudyCellRecord) -> Void
  ) -> StudyResults {
    let plan = StudyPlan(
      study, on: text, preset: preset, seed: 1, selfCheck: [SelfCheckRow("one", passed: true)])
    let lines = plan.record.cells.map { name -> RecordLine in
      var cell = StudyCellRecord(
        key: .init(
          study: study.name, protocolVersion: study.protocolVersion, stream: "stream", cell: name),
        run: "r")
      cell.figures["parameters"] = Double(
        Architecture.size(cell.parameter("size")!).parameterCount)
      fill(&cell)
      return .study(cell)
    }
    return StudyResults(plan.record, in: Records(lines))
  }

  private func answer(_ name: String, _ results: StudyResults) throws -> StudyAnswer {
    try #require(study.findings(of: results).answers.first { $0.claim.name == name })
  }

  // MARK: Plan

  /// Something against overfitting is asked about after the most epochs only, and each number of epochs has its fresh run.
  @Test func whatIsNotAskedAboutIsNotMeasured() {
    let cells = results { _ in }.cells
    let against = cells.filter { $0.parameter("against") != "none" && $0.parameter("arm") == nil }
    #expect(against.count == 12 && against.allSatisfy { $0.parameter("epochs") == "32" })
    let fresh = cells.filter { $0.parameter("epochs") == "1" && $0.parameter("arm") == nil }
    #expect(Set(fresh.map { $0.parameter("unique") }) == ["30000", "120000", "480000"])
    #expect(cells.count { $0.parameter("arm") == "seen" } == 6)
    #expect(Set(cells.map(\.cell)).count == cells.count)
  }

  @Test func claimsAreAnsweredInTheirOrder() {
    let names = study.findings(of: results { _ in }).answers.map(\.claim.name)
    #expect(names == study.claims.map(\.name))
  }

  // MARK: The form of the penalty

  private let sizes = [2840.0, 10320, 29000, 102000, 330000]

  /// Whatever lies on a form's curve is predicted by that form and by no other.
  @Test(arguments: PenaltyForm.allCases)
  func aFormKnowsItsOwn(_ form: PenaltyForm) {
    let points = sizes.map { size in
      let penalty =
        switch form {
        case .exponential: 0.1 * Mathematics.exp2(size / 50000)
        case .power: 1e-5 * size
        case .logarithm: Mathematics.log(size) - 6
        }
      return (size: size, penalty: penalty)
    }
    for other in PenaltyForm.allCases {
      let misses = other.misses(leavingOutEachOf: points)
      let error = misses.map(abs).max()!
      #expect(other == form ? error < 1e-9 : error > 0.1, "\(other): \(misses)")
    }
  }

  /// Penalties of nothing, or less, are no trouble, and an exponential that promises too much stays a number.
  @Test func smallPenaltiesAreOneAndTheSame() {
    let points = zip(sizes, [-0.001, 0, 0.05, 3, 5]).map { (size: $0, penalty: $1) }
    for form in PenaltyForm.allCases {
      let misses = form.misses(leavingOutEachOf: points)
      #expect(misses.allSatisfy { $0.isFinite }, "\(form)")
    }
    let ahead = PenaltyForm.exponential.misses(leavingOutEachOf: points).last!
    #expect(ahead > 5, "an exponential through the smaller sizes is far beyond the largest")
  }

  private func penalty(_ preset: StudyPreset, _ rise: (Double, Double) -> Double) throws
    -> StudyAnswer
  {
    try answer(
      "penalty-is-exponential",
      results(preset) { cell in
        let seed = cell.number("seed")!
        cell.figures["best_test"] = 2
        cell.figures["train"] = 1
        cell.figures["test"] = 2 + rise(cell.figures["parameters"]!, 1 + seed / 1000)
      })
  }

  @Test func theFormIsJudgedByWhatItPredicts() throws {
    let exponential = try penalty(.standard) { 0.1 * $1 * Mathematics.exp2($0 / 50000) }
    #expect(exponential.verdict?.outcome == .supported)
    let power = try penalty(.standard) { $1 * 1e-5 * $0 }
    #expect(power.verdict?.outcome == .notSupported)
    let quick = try penalty(.quick) { $1 * 1e-5 * $0 }
    #expect(quick.verdict == nil && quick.sentence.contains("too few sizes"))
  }

  // MARK: One pass

  private func onePass(_ difference: @escaping (_ block: Int, _ seed: Double) -> Double) throws
    -> Verdict.Outcome?
  {
    try answer(
      "one-pass-leaves-no-trace",
      results { cell in
        guard cell.parameter("arm") == "seen" else { return }
        let seed = cell.number("seed")!
        // Blocks differ in difficulty by far more than what is looked for.
        let unseen = (0..<200).map { Double(1000 + 5 * $0) }
        cell.series[SeenRun.unseen] = unseen
        cell.series[SeenRun.seen] = unseen.indices.map {
          unseen[$0] + Double(SeenRun.blockSize) * difference($0, seed)
        }
      }
    ).verdict?.outcome
  }

  /// Only the largest network's longest pass is asked about.
  @Test func aPassThatHarmsIsSeen() throws {
    func outcome(_ rise: Double, of size: String, over bytes: String) throws -> Verdict.Outcome? {
      try answer(
        "one-pass-does-no-harm",
        results { cell in
          guard cell.parameter("epochs") == "1", cell.parameter("arm") == nil else { return }
          let isHarmed = cell.parameter("size") == size && cell.parameter("unique") == bytes
          // Two blocks of 256 bytes and one of 188.
          cell.series["best_test"] = [512, 600, 400]
          cell.series["test"] = zip([512.0, 600, 400], [256.0, 256, 188]).map {
            $0 + (isHarmed ? rise * $1 : 0)
          }
        }
      ).verdict?.outcome
    }
    #expect(try outcome(0, of: "100k", over: "480000") == .supported)
    #expect(try outcome(0.1, of: "100k", over: "480000") == .notSupported)
    #expect(try outcome(0.1, of: "100k", over: "120000") == .supported)
    #expect(try outcome(0.1, of: "10k", over: "480000") == .supported)
  }

  @Test func onePassLeavesNoTraceOnlyIfWhatWasSeenCostsNoLess() throws {
    #expect(try onePass { block, seed in 0.001 * (seed - 2 + Double(block % 3 - 1)) } == .supported)
    #expect(try onePass { _, seed in -0.05 + 0.001 * seed } == .notSupported)
    #expect(try onePass { _, seed in -0.012 + 0.002 * seed } == .inconclusive)
    #expect(try onePass { _, seed in 0.2 * (seed - 2) } == .inconclusive)
  }

  @Test func halvesAreAlikeAndApart() {
    let text = (0..<20_000).map { UInt8($0 / 4096) }
    let halves = SeenRun.halves(of: text, bytes: 7000)
    #expect(halves.map(\.count) == [7000, 7000])
    #expect(Set(halves[0]) == [0, 2] && Set(halves[1]) == [1, 3])
  }

  /// Each network pays less for the letters of its own stretches, and no less where both have the same ones.
  @Test(arguments: [true, false]) func whatOneAloneHasLearnedIsSeen(_ differs: Bool) throws {
    var generator = SeededGenerator(seed: 3)
    let text = (0..<6000).map { place in
      UInt8((place < 4096 || !differs ? 97 : 105) + generator.next(below: 8))
    }
    let bench = StudyBench(
      text: StudyText(training: text, tune: [], test: Array(text.suffix(600)), stream: "s")
    ) { () throws(BPBError) in }
    let cell = SeenRun(size: "3k", bytes: 1024, epochs: 16, seed: 1).cell
    let figures = try cell.measured(on: bench).figures
    let difference = figures["seen"]! - figures["unseen"]!
    #expect(differs ? difference < -1 : abs(difference) < 0.05, "\(figures)")
  }

  // MARK: Worth

  /// R* of runs that are as good as the published law says, with an interval over seeds.
  @Test func repetitionsHaveAnInterval() throws {
    let results = results { cell in
      guard let unique = cell.number("unique"), let epochs = cell.number("epochs") else { return }
      let effective =
        epochs == 1
        ? unique
        : unique * (1 + 5 * (1 - Mathematics.exp2(-(epochs - 1) / 5 / Mathematics.log(2))))
      let seed = cell.number("seed")!
      cell.figures["best_test"] =
        9 - 0.2 * Mathematics.log2(effective * (1 + (epochs > 1 ? (seed - 2) / 100 : 0)))
    }
    let findings = study.findings(of: results)
    #expect(findings.reading.count == 2 && findings.reading[0].hasPrefix("10k: R* = 5.0 (95 %"))
    let rows = try #require(findings.tables.last).rows
    let row = try #require(rows.first { $0[2] == "4" })
    #expect(row[3] == "0.81" && row[4].contains(" to ") && row[5] == "0.93")
    let verdict = try #require(try answer("four-epochs-are-fresh", results).verdict)
    #expect(verdict.outcome == .notSupported)
  }
}
