import FoundationEssentials
import RunRecords
import Testing

@Suite struct RecordLineTests {
  static let lines: [RecordLine] = [
    .run(SampleLines.run), .cell(SampleLines.cell()), .cell(SampleLines.cell(coded: nil)),
    .cell(SampleLines.cell(path: nil, seconds: [0.1, 1.0 / 3, 2.5e-300, 1e21, 0])),
    .cell(SampleLines.twoPartCell), .run(SampleLines.networkRun),
  ]

  @Test(arguments: lines)
  func comesBackFromItsBytes(line: RecordLine) throws {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(line)
    #expect(try RecordsFile.read(file.path) == Records([line]))
  }

  @Test func isOneLineOfSortedKeysWithShortNumbers() throws {
    let file = try TemporaryFile(nil)
    try RecordsAppender(file.path).append(.cell(SampleLines.cell(seconds: [0.1, 2])))
    let expected = """
      {"blocks":1,"bytes":1000,"coded_bytes":500,"decode_seconds":[],"encode_seconds":[0.1,2],\
      "framing_bytes":6,"kind":"coded","memory_bytes":268000,"method":"zlib:9","model_bytes":0,\
      "path":"./a","policy":"per-file","run":"00112233aabbccdd",\
      "sha256":"\(String(repeating: "a", count: 64))","timing":"approximate","type":"cell",\
      "verified":true,"version":"1.2.13"}

      """
    #expect(String(decoding: try file.bytes(), as: UTF8.self) == expected)
  }

  @Test func secondsThatAreNotFiniteAreAnErrorAndLeaveNothing() throws {
    let file = try TemporaryFile(nil)
    let appender = try RecordsAppender(file.path)
    #expect(throws: (any Error).self) {
      try appender.append(.cell(SampleLines.cell(seconds: [.nan])))
    }
    #expect(try file.bytes().isEmpty)
  }
}
