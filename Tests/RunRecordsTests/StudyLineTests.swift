import BPBCore
import RunRecords
import Testing

/// Lines of a study in a records file.
@Suite struct StudyLineTests {
  private static let plan = StudyRecord(
    name: "fake", protocolVersion: "1", preset: "quick", seed: 1, stream: "s",
    training: .init(bytes: 5, sha256: "a"), tune: .init(bytes: 2, sha256: "b"),
    test: .init(bytes: 1, sha256: "c"), blockSize: 256, overlap: nil, cells: ["x=1", "x=2"],
    selfCheck: [])

  private static func cell(_ name: String, _ figure: Double) -> StudyCellRecord {
    var cell = StudyCellRecord(
      key: .init(study: "fake", protocolVersion: "1", stream: "s", cell: name), run: "r")
    cell.figures = ["b": 2, "a": figure]
    cell.series = ["row": [1, 2.5]]
    cell.texts = ["word": "a"]
    return cell
  }

  private static var run: RecordLine {
    var run = SampleLines.run
    run.study = plan
    return .run(run)
  }

  @Test(arguments: [run, .study(cell("x=1", 1))])
  func comesBackFromItsBytes(line: RecordLine) throws {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(line)
    #expect(try RecordsFile.read(file.path) == Records([line]))
  }

  @Test func theLaterOfTwoCounts() {
    let records = Records([
      .study(Self.cell("x=1", 1)), .study(Self.cell("x=2", 2)), .study(Self.cell("x=1", 3)),
    ])
    #expect(records.studyCells.map { $0.figures["a"] } == [3, 2])
    #expect(records[Self.cell("x=2", 0).key]?.figures["a"] == 2)
  }

  @Test func aPlanOfTwoCellsOfOneNameIsNone() throws {
    var run = SampleLines.run
    run.study = Self.plan
    run.study?.cells = ["x=1", "x=1"]
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(.run(run))
    #expect(throws: BPBError.self) { try RecordsFile.read(file.path) }
  }
}
