import BPBCore
import RunRecords
import Testing

@Suite struct ShardTests {
  @Test(arguments: ["1/1", "2/8", "8/8", "1000000/1000000"])
  func comesBackFromItsText(text: String) throws {
    #expect(try #require(Shard(text)).description == text)
  }

  @Test(arguments: [
    "", "/", "1", "0/3", "4/3", "-1/3", "1/-3", "+1/3", "1/3/5", " 1/3", "1/3 ", "1,3", "a/b", "1/",
    "/3", "1/0", "0/0", "１/３", "1/1000001", "1/9223372036854775807", "1/99999999999999999999999",
  ])
  func anythingElseIsNone(text: String) {
    #expect(Shard(text) == nil)
  }

  @Test func isOneWordOfARecord() throws {
    let file = try TemporaryFile(nil)
    var run = SampleLines.run
    run.shard = Shard(2, of: 8)
    try RecordsAppender(file.path).append(.run(run))
    let text = String(decoding: try file.bytes(), as: UTF8.self)
    #expect(text.contains(#""shard":"2/8""#) && !text.contains("parts"))
    #expect(try RecordsFile.read(file.path).runs == [run])
  }

  @Test(arguments: [#""9/8""#, "2", "[]"])
  func aRunOfNoSuchShardIsDamaged(shard: String) throws {
    var run = SampleLines.run
    run.shard = Shard(2, of: 8)
    let written = try TemporaryFile(nil)
    let appender = try RecordsAppender(written.path)
    for _ in 0..<2 { try appender.append(.run(run)) }
    let lines = String(decoding: try written.bytes(), as: UTF8.self).split(separator: "\n")
    let damaged = lines[1].replacing(#""2/8""#, with: shard)
    let file = try TemporaryFile(Array("\(lines[0])\n\(damaged)\n".utf8))
    let error = #expect(throws: BPBError.self) { try RecordsFile.read(file.path) }
    #expect(error?.problem == "line 2 is damaged")
  }
}
