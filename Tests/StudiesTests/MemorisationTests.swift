import BPBCore
import Corpora
import Evidence
import NeuralModels
import RunRecords
import Testing

@testable import Studies

@Suite struct MemorisationTests {
  /// Text of eight letters, in which little repeats.
  private static let text: StudyText = {
    var generator = SeededGenerator(seed: 3)
    let letters = (0..<16_000).map { _ in UInt8(97 + generator.next(below: 8)) }
    return StudyText(
      training: Array(letters[..<13_000]), tune: [], test: Array(letters[13_000...]), stream: "s")
  }()

  private func planting() throws -> Planting {
    try Planting(in: Self.text, baseBytes: 3000, each: 1, seed: 1)
  }

  private let bench = StudyBench(text: Self.text) { () throws(BPBError) in }

  private func count(_ string: [UInt8], in text: [UInt8]) -> Int {
    (0...text.count - string.count).count {
      text[$0] == string[0] && Array(text[$0..<$0 + string.count]) == string
    }
  }

  // MARK: Repeated windows

  @Test func windowsAreCounted() {
    var generator = SeededGenerator(seed: 1)
    let text = (0..<300).map { _ in UInt8(generator.next(below: 2)) }
    for width in [1, 3, 8, 11] {
      let windows = RepeatedWindows(of: text, width: width)
      for place in 0...text.count - width {
        let same = (0...text.count - width).filter {
          text[$0..<$0 + width] == text[place..<place + width]
        }
        #expect(windows.count[place] == same.count && windows.first[place] == same[0])
      }
    }
  }

  @Test func theFirstOfRepetitionsIsKept() {
    func removed(_ text: String) -> String {
      String(decoding: RepeatedWindows.removed(from: Array(text.utf8), width: 4), as: UTF8.self)
    }
    #expect(
      removed("one abcdef two abcdef three") == "one abcdef twohree",
      "both have a blank before and a blank and a t behind")
    #expect(removed("abc-abc+abc") == "abc-abc+abc", "too short")
    #expect(removed("aaaaaaaaaa") == "aaaa")
    #expect(removed("ab") == "ab")
  }

  // MARK: Planting

  @Test func stringsArePlantedAsOftenAsIsSaid() throws {
    let planting = try planting()
    let (planted, clean) = (planting.text(.planted), planting.text(.clean))
    let deduplicated = planting.text(.deduplicated)
    #expect(planted.count == 3000 + Planting.bytes(each: 1))
    #expect(clean.count == planted.count && deduplicated.count == planted.count)
    #expect(clean == Array(Self.text.training[..<planted.count]))
    #expect(planting.canaries.map(\.copies) == Planting.canaryCopies)
    #expect(planting.passages.map(\.copies) == Planting.passageCopies)
    for item in planting.canaries + planting.passages {
      #expect(count(item.bytes, in: planted) == item.copies)
      #expect(count(item.bytes, in: planting.text(.quarter)) == item.copies)
      #expect(count(item.bytes, in: clean) == 0)
    }
    for passage in planting.passages { #expect(count(passage.bytes, in: deduplicated) == 1) }
    // A canary alone is too short to be removed; beside the same passage twice it is not.
    #expect(count(planting.canaries.last!.bytes, in: deduplicated) > 55)
    for item in planting.controls + planting.heldOut {
      #expect(count(item.bytes, in: planted) == 0)
    }
    for window in planting.windows { #expect(count(window.bytes, in: clean) == window.copies) }
  }

  @Test func seedsPlantOtherStrings() throws {
    let other = try Planting(in: Self.text, baseBytes: 3000, each: 1, seed: 2)
    #expect(try planting().canaries != other.canaries)
    #expect(try planting().text(.planted) == planting().text(.planted))
  }

  @Test func aSmallCorpusIsRefused() {
    let error = #expect(throws: BPBError.self) {
      try Planting(in: smallText, baseBytes: 100, each: 1, seed: 1)
    }
    #expect(error?.code == .noInput)
  }

  // MARK: Recall

  /// What one look says of every prefix is what greedy completion does.
  @Test func recallIsGreedyCompletion() throws {
    let planting = try planting()
    let planted = planting.text(.planted)
    let table = try bench.model(StudyMethods.learning("kn:8"), learning: planted).model
    let tiny = Architecture.transformer(layers: 1, width: 8, heads: 1, context: 32)
    var plan = TrainingPlan.usual(for: tiny, textBytes: planted.count, seed: 1)
    plan.shards = 1
    plan.schedule = Schedule(warmUp: 5, steps: 40, coolDownShare: 0.3)
    let network = FrozenNetwork(
      try bench.weights(plan, learning: planting.canaries.last!.bytes + planted))
    var (found, missed) = (0, 0)
    for model in [table, network] as [any FrozenModel] {
      for string in (planting.canaries + planting.controls + planting.passages).map(\.bytes) {
        let recall = Recall(of: string, by: model)
        let prefixes = Set([recall.needs - 1, recall.needs, 4, 16]).filter {
          (1..<string.count).contains($0)
        }
        for prefix in prefixes.sorted() {
          let prompt = Array(string[..<prefix])
          let completes =
            model.continuation(of: prompt.span, count: string.count - prefix)
            == Array(string[prefix...])
          #expect(completes == (recall.needs <= prefix))
          found += completes ? 1 : 0
          missed += completes ? 0 : 1
        }
      }
    }
    #expect(found > 20 && missed > 20)
  }

  // MARK: Cells

  private func cell(_ learned: Planting.Learned) -> MemorisationCell {
    MemorisationCell(
      model: "kn:8", learned: learned, baseBytes: 3000, each: 1, epochs: 1, seed: 1)
  }

  /// What the table's cells find, each learning from the text that `tampered` gives back.
  private func results(
    tampered: (Planting, Planting.Learned) -> [UInt8] = { $0.text($1) }
  ) throws -> StudyResults {
    let study = MemorisationStudy()
    var plan = StudyPlan(
      study, on: Self.text, preset: .quick, seed: 1,
      selfCheck: [SelfCheckRow("one", passed: true)]
    ).record
    let cells = [Planting.Learned.planted, .clean].map(cell)
    plan.cells = cells.map(\.cell.names[0])
    let planting = try planting()
    let lines = try cells.map { cell -> RecordLine in
      let figures = try cell.measure(
        planting, learning: tampered(planting, cell.learned), on: bench)
      var record = StudyCellRecord(
        key: .init(
          study: study.name, protocolVersion: study.protocolVersion, stream: "s",
          cell: cell.cell.names[0]), run: "r")
      record.figures = figures.figures
      record.series = figures.series
      return .study(record)
    }
    return StudyResults(plan, in: Records(lines))
  }

  @Test func aTableGivesUpWhatWasPlanted() throws {
    let findings = MemorisationFindings(try results())
    let canaries = findings.strings(.canaries, "kn:8", .planted, "1")
    #expect(canaries.map(\.copies) == Planting.canaryCopies)
    #expect(canaries.allSatisfy { $0.isExtracted(after: 4) })
    #expect(findings.strings(.controls, "kn:8", .planted, "1").allSatisfy { $0.recall.needs == 32 })
    #expect(findings.strings(.canaries, "kn:8", .clean, "1").allSatisfy { $0.recall.needs == 32 })
    let saved = try #require(
      findings.meanSaved(.canaries, copies: 1...64, "kn:8", seed: "1"))
    #expect(saved > 200 && saved < 256)
    #expect(findings.strangers == (14, 0))
    #expect(findings.fraud == nil)
  }

  /// The cell as it runs is the cell as it is tested.
  @Test func aCellMeasuresItsText() throws {
    let planting = try planting()
    let (ran, direct) = (
      try cell(.planted).cell.measured(on: bench),
      try cell(.planted).measure(planting, learning: planting.text(.planted), on: bench)
    )
    #expect(ran.figures == direct.figures && ran.series == direct.series)
    #expect(bench.leak == 0)
  }

  // MARK: Frauds

  private func expectRefusal(_ results: StudyResults) {
    #expect(MemorisationFindings(results).fraud != nil)
    let answers = MemorisationStudy().findings(of: results).answers
    for answer in answers where answer.claim.name != MemorisationStudy.strangers.name {
      #expect(answer.verdict == nil)
      #expect(answer.sentence.contains("random strings that no model should have seen"))
    }
    #expect(answers[3].verdict?.outcome == .notSupported)
  }

  @Test func plantedControlsAreCaught() throws {
    let results = try results { planting, learned in
      let text = planting.text(learned)
      return learned == .planted ? text + planting.controls.flatMap(\.bytes) : text
    }
    expectRefusal(results)
  }

  @Test func canariesInTheReferenceAreCaught() throws {
    let results = try results { planting, learned in
      let text = planting.text(learned)
      return learned == .clean ? text + planting.canaries.flatMap(\.bytes) : text
    }
    expectRefusal(results)
  }
}
