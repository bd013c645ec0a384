import BPBCore
import Reports
import RunRecords
import Testing

@Suite struct ShardReportTests {
  private static func text(_ shard: String, _ rows: [ShardReport.Row]) throws -> String {
    ShardReport(try #require(Shard(shard)), of: SampleRun.run, rows: rows)
      .text(width: 80, color: false)
  }

  @Test func saysThatItIsAPart() throws {
    let text = try Self.text(
      "2/3",
      [
        .init(
          method: "zlib:9", planned: 1200, own: 400, measured: 398, failures: ["a: x", "a: x"]),
        .init(method: "store", planned: 1200, own: 0, measured: 0, failures: []),
      ])
    #expect(
      text == """
        5 files, 218,626 bytes, corpus sha256 0123456789ab

        Measurements of shard 2 of 3:
        method  in the plan  in this part  measured
        zlib:9        1,200           400       398
        store         1,200             0         0

        zlib:9 failed: a: x
        This is a part: shard 2 of 3 has 400 of the plan's 2,400 measurements, and 398
          of these are made. 'bpb records merge' joins the records of all shards, and
          'bpb report' shows them as those of one run.

        """)
  }

  @Test func aShardOfNothingSaysWhy() throws {
    let text = try Self.text(
      "9/9", [.init(method: "zlib:9", planned: 1, own: 0, measured: 0, failures: [])])
    #expect(!text.contains("in this part"))
    #expect(
      text.split { $0.isWhitespace }.joined(separator: " ").contains(
        "shard 9 of 9 has none of the plan's 1 measurement, as there are more shards than"))
  }

  @Test func manyReasonsAreCountedAndHarmless() throws {
    let failures = (0..<5).map { "reason \($0) \u{1B}[31m" }
    let text = try Self.text(
      "1/1", [.init(method: "a\u{1B}b", planned: 5, own: 5, measured: 0, failures: failures)])
    #expect(text.contains("reason 2") && !text.contains("reason 3"))
    #expect(text.contains("failed for 2 more reasons") && !text.contains("\u{1B}"))
  }

  /// A page says of a joined run where all of it was made.
  @Test func aPageNamesEveryMachine() throws {
    var (first, second) = (SampleRun.run, SampleRun.run)
    (first.shard, second.shard) = (Shard(1, of: 2), Shard(2, of: 2))
    (second.run, second.started) = ("2", "2026-01-05T00:00:00Z")
    second.environment.system = "Darwin 25"
    let run = try #require(second.joined(with: first))
    let page = ReportPage(ReportOptions()).render([Comparison(run: run, cells: [])])
    #expect(page.contains("Joined from 2 runs, of which the first started 2026-01-02T03:04:05Z"))
    #expect(page.contains("Linux 6.1.0") && page.contains("Darwin 25"))
  }
}
