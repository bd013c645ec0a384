import BPBCore
import RunRecords
import SystemPackage
import Testing

@Suite struct RecordsFileTests {
  /// A run and two cells, as bytes, one element a line.
  static func lines() throws -> [[UInt8]] {
    let records: [RecordLine] = [
      .run(SampleLines.run), .cell(SampleLines.cell(path: "./a")),
      .cell(SampleLines.cell(path: "./ü", seconds: [0.25])),
    ]
    return try records.map { line in
      let file = try TemporaryFile(nil)
      try RecordsAppender(file.path).append(line)
      return try file.bytes()
    }
  }

  @Test func aLastLineCutAtAnyByteIsRepairedAndNothingElseIsLost() throws {
    let lines = try Self.lines()
    for whole in lines.indices {
      let kept = lines[..<whole].flatMap { $0 }
      for length in 1..<lines[whole].count {
        let file = try TemporaryFile(kept + lines[whole].prefix(length))
        let read = try RecordsFile.read(file.path)
        #expect(read.notices.count == 1 && read.runs.count + read.cells.count == whole)
        let records = try RecordsAppender(file.path).records
        #expect(records.notices.first?.contains("cut short by an interrupted run") == true)
        #expect(records.runs == read.runs && records.cells == read.cells)
        #expect(try file.bytes() == kept)
      }
    }
  }

  @Test func aRepairedFileGoesOnAsIfNothingHadHappened() throws {
    let lines = try Self.lines()
    let file = try TemporaryFile(lines[0] + lines[1] + lines[2].prefix(40))
    try RecordsAppender(file.path).append(.cell(SampleLines.cell(path: "./ü", seconds: [0.25])))
    #expect(try file.bytes() == lines.flatMap { $0 })
    #expect(try RecordsFile.read(file.path).notices.isEmpty)
  }

  @Test func aLastLineOfZerosIsRepairedLikeOneThatIsCut() throws {
    let lines = try Self.lines()
    let file = try TemporaryFile(lines[0] + [UInt8](repeating: 0, count: 300) + [10])
    _ = try RecordsAppender(file.path)
    #expect(try file.bytes() == lines[0])
  }

  static let foreign: [[UInt8]] = [
    Array("some notes\n".utf8), Array("some notes".utf8), [0x1F, 0x8B, 0, 10, 10, 255],
    Array("{\"name\":\"package\"}\n".utf8), Array("{\"name\":\"package\"}".utf8),
    Array("{\"blocked\":1}".utf8), Array("[1,2]\n{\"blocks\":1}\n".utf8), [10], Array("{}\n".utf8),
    Array("{\"type\":\"cell\"}\n".utf8), Array("{\"bpb_version\":\"1\n".utf8), [0],
    [UInt8](repeating: UInt8(ascii: "["), count: 100_000),
  ]

  @Test(arguments: foreign.indices)
  func whatIsNotARecordsFileIsRefusedAndLeftAlone(index: Int) throws {
    let contents = Self.foreign[index]
    let file = try TemporaryFile(contents)
    for attempt in [{ try RecordsFile.read($0) }, { try RecordsAppender($0).records }] {
      let error = #expect(throws: BPBError.self) { try attempt(file.path) }
      #expect(error?.code == .badData)
      #expect(error?.subject == file.path.string)
    }
    #expect(try file.bytes() == contents)
  }

  @Test func aDamagedLineInTheMiddleIsNamedAndLeftAlone() throws {
    let lines = try Self.lines()
    let damaged: [[UInt8]] = [
      Array(lines[1].prefix(50)) + [10], [10], Array("{\"type\":\"cell\"}\n".utf8),
      Array(String(decoding: lines[1], as: UTF8.self).replacing("1000", with: "-1").utf8),
    ]
    for line in damaged {
      let contents = lines[0] + line + lines[2]
      let file = try TemporaryFile(contents)
      let error = #expect(throws: BPBError.self) { try RecordsAppender(file.path) }
      #expect(error?.code == .badData && error?.problem == "line 2 is damaged")
      #expect(throws: BPBError.self) { try RecordsFile.read(file.path) }
      #expect(try file.bytes() == contents)
    }
  }

  @Test func newerRecordsAreRefusedEvenInTheLastLine() throws {
    let lines = try Self.lines()
    let newer = String(decoding: lines[0], as: UTF8.self)
      .replacing("\"schema\":1", with: "\"schema\":2").replacing("environment", with: "place")
    for (line, contents) in [(1, Array(newer.utf8)), (2, lines[0] + Array(newer.utf8))] {
      let file = try TemporaryFile(contents)
      let error = #expect(throws: BPBError.self) { try RecordsAppender(file.path) }
      #expect(error?.problem == "line \(line) has schema 2, and this bpb reads up to 1")
      #expect(try file.bytes() == contents)
    }
    let file = try TemporaryFile(lines[0] + Array("{\"type\":\"fit\"}\n".utf8))
    #expect(throws: BPBError.self) { try RecordsFile.read(file.path) }
  }

  @Test func aLaterCellTakesThePlaceOfAnEarlierOne() {
    let first = SampleLines.cell(coded: nil)
    let other = SampleLines.cell(path: "./b")
    let second = SampleLines.cell(coded: 499)
    let records = Records([.cell(first), .cell(other), .cell(second)])
    #expect(records.cells == [second, other])
    #expect(records[first.key] == second)
    var unknown = first.key
    unknown.version = nil
    #expect(records[unknown] == nil)
  }

  @Test func missingFilesAndDirectoriesAreNoInput() {
    for path in ["/tmp/bpb-no-such-file", "/tmp"] {
      let error = #expect(throws: BPBError.self) { try RecordsFile.read(.init(path)) }
      #expect(error?.code == .noInput)
    }
  }
}
