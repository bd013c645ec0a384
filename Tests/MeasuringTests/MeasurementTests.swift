import BPBCore
import Corpora
import Measuring
import RunRecords
import Testing
import _TestSupport

@Suite struct MeasurementTests {
  private let corpus = Corpus(files: [
    CorpusFile(name: "a", bytes: [1, 2, 3]), CorpusFile(name: "b", bytes: [4]),
  ])

  private func records(verifies: Bool = true) throws -> [CellRecord] {
    try measurement.cells.map { try meter(verifies: verifies).measure($0) }
  }

  private var measurement: Measurement {
    Measurement(corpus: corpus, methods: [fakeMethod("m"), fakeMethod("n")], policy: .perFile)
  }

  @Test func cellsAreMethodsTimesSources() {
    #expect(
      measurement.cells.map { "\($0.method.name) \($0.source.path ?? "")" }
        == ["m a", "m b", "n a", "n b"])
    let solid = Measurement(corpus: corpus, methods: [fakeMethod("m")], policy: .solid)
    #expect(solid.cells.count == 1)
  }

  @Test func whatIsThereIsNotMeasuredAgain() throws {
    let all = try records()
    let (known, missing) = measurement.resume(
      from: Array(all.dropFirst()), verifies: true, timing: .approximate)
    #expect(known == Array(all.dropFirst()))
    #expect(missing.map(\.key) == [all[0].key])
  }

  @Test func failedUnverifiedAndOtherCellsAreMeasuredAgain() throws {
    var all = try records()
    all[0].error = "failed"
    all[0].codedBytes = nil
    all[1].verified = nil
    all[2].version = "2"
    all[3].sha256 = "other"
    let (known, missing) = measurement.resume(from: all, verifies: true, timing: .approximate)
    #expect(known == [] && missing.count == 4)
    let lenient = measurement.resume(from: all, verifies: false, timing: .approximate)
    #expect(lenient.known == [all[1]])
  }

  @Test func approximateTimesDoNotServeForTiming() throws {
    #expect(
      measurement.resume(from: try records(), verifies: true, timing: .alone).known.isEmpty)
  }

  @Test(arguments: ["per-file", "solid", "chunk:2048"])
  func policiesPrintAndParse(text: String) throws {
    #expect(try BlockPolicy(parsing: text).description == text)
  }

  @Test(arguments: ["", "chunk:", "chunk:0", "chunk:-1", "file"])
  func otherPoliciesAreRefused(text: String) {
    #expect(throws: BPBError.self) { try BlockPolicy(parsing: text) }
  }
}
