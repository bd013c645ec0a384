import SystemPackage
import Testing
import _TestSupport

/// `bpb compare --shard` and `bpb scale --shard`, joined again.
@Suite struct ShardTests {
  private let scratch: TemporaryDirectory
  private let compared = ["compare", "corpus", "-m", "zlib:6,\(stableMethods)"]
  private let scaled = [
    "scale", "text", "-m", "zlib:6,ngram:0,ngram:2", "--points-per-decade", "3", "--windows", "3",
  ]

  init() throws {
    scratch = try smallCorpus()
    try scratch.write(prose(9000), to: "text")
  }

  private func run(_ words: [String]) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path, seconds: 60)
  }

  /// The plan of `words` in `count` parts, in the order of `shards`.
  private func measure(_ words: [String], inParts count: Int) throws -> [String] {
    try (1...count).map { index in
      let file = "part-\(index).jsonl"
      let outcome = try run(words + ["--shard", "\(index)/\(count)", "--records", file])
      outcome.expect(0)
      let text = outcome.text.split { $0.isWhitespace }.joined(separator: " ")
      #expect(text.contains("This is a part: shard \(index) of \(count) has "), "\(text)")
      #expect(!text.contains("bpb over") && !text.contains("verified"))
      return file
    }
  }

  private func merge(_ files: [String], into output: String = "all.jsonl") throws {
    let outcome = try run(["records", "merge"] + files + ["-o", output, "--force"])
    outcome.expect(0, saying: "joined \(files.count) file")
    #expect(outcome.output.isEmpty && !outcome.complaint.contains("missing"))
  }

  @Test(arguments: [1, 2, 5, 20])
  func aComparisonInPartsIsThatOfOneRun(count: Int) throws {
    try merge(measure(compared, inParts: count).reversed())
    for format in ["table", "markdown", "csv", "json"] {
      let shown = ["--no-speed", "--per-file", "--format", format]
      let whole = try run(compared + shown)
      whole.expect(0)
      let joined = try run(["report", "all.jsonl"] + shown)
      joined.expect(0)
      #expect(joined.output == whole.output && joined.errors.isEmpty, "\(joined.text)")
    }
    // With speeds: the run that takes all cells from there shows the same ones.
    let taken = try run(compared + ["--records", "all.jsonl"])
    taken.expect(0, saying: "12 of 12 cells taken from the records")
    #expect(try run(["report", "all.jsonl"]).output == taken.output)
  }

  @Test(arguments: ["--solid", "--chunk=100"])
  func blocksOfAnotherPolicyTooAre(policy: String) throws {
    try merge(measure(compared + [policy], inParts: 2))
    let whole = try run(compared + [policy, "--no-speed"])
    #expect(try run(["report", "all.jsonl", "--no-speed"]).output == whole.output)
  }

  @Test func aScaleRunInPartsIsThatOfOneRun() throws {
    let whole = try run(scaled + ["--records", "whole.jsonl"])
    whole.expect(0)
    try merge(measure(scaled, inParts: 3))
    let joined = try run(["report", "all.jsonl"])
    joined.expect(0)
    #expect(joined.output == whole.output && joined.errors.isEmpty, "\(joined.text)")
    for format in ["markdown", "csv"] {
      let reports = try ["whole.jsonl", "all.jsonl"].map {
        try run(["report", $0, "--format", format])
      }
      #expect(reports[0].output == reports[1].output && reports[0].code == 0)
    }
    let taken = try run(scaled + ["--records", "all.jsonl"])
    taken.expect(0, saying: "jobs taken from the records")
    #expect(!taken.complaint.contains("about") && taken.output == whole.output)
  }

  @Test func everyMeasurementIsMadeOnce() throws {
    let files = try measure(compared, inParts: 4)
    let cells = try files.flatMap { file in
      try scratch.text(FilePath(file)).split(separator: "\n").filter {
        $0.contains(#""type":"cell""#)
      }
    }
    #expect(cells.count == 12)
  }

  /// Whose a measurement is does not depend on what is there: a part that was killed goes on with its own.
  @Test func aPartThatWasKilledGoesOn() throws {
    let files = try measure(compared, inParts: 2)
    let whole = try scratch.text("part-1.jsonl")
    try scratch.write(String(whole.dropLast(30)), to: "part-1.jsonl")
    let lacking = try run(["records", "merge"] + files + ["-o", "all.jsonl"])
    lacking.expect(0, saying: "part-1.jsonl: the last line was cut short", "11 measurements")
    #expect(try run(["report", "all.jsonl"]).text.contains("11 of 12 measurements"))
    let again = try run(compared + ["--shard", "1/2", "--records", "part-1.jsonl"])
    again.expect(0, saying: "was cut short", "cells taken from the records")
    try merge(files)
    #expect(try run(["report", "all.jsonl"]).text.contains("12 of 12 measurements"))
  }

  @Test func aPartThatIsThereIsNotMeasuredAgain() throws {
    let words = compared + ["--shard", "1/2", "--records", "r.jsonl"]
    let first = try run(words)
    let records = try scratch.read("r.jsonl")
    let second = try run(words)
    second.expect(0, saying: "6 of 6 cells taken from the records")
    #expect(second.output == first.output)
    #expect(try scratch.read("r.jsonl") == records)
    // One file for all parts, one after the other, needs no joining.
    try run(compared + ["--shard", "2/2", "--records", "r.jsonl"]).expect(0)
    let whole = try run(compared + ["--no-speed"])
    let report = try run(["report", "r.jsonl", "--no-speed"])
    #expect(report.output == whole.output && report.errors.isEmpty)
  }

  @Test func whatIsMissingIsSaid() throws {
    let files = try measure(compared, inParts: 3)
    let said = "per-file, one is missing: 2"
    try run(["records", "merge", files[0], files[2], "-o", "two.jsonl"]).expect(0, saying: said)
    try run(["report", "two.jsonl"]).expect(0, saying: said)
    try run(["report", files[1]]).expect(0, saying: "some are missing: 1, 3")
    try run(["records", "merge", "two.jsonl", files[1], "-o", "all.jsonl"]).expect(0)
    let whole = try run(compared + ["--no-speed"])
    let report = try run(["report", "all.jsonl", "--no-speed"])
    #expect(report.output == whole.output && report.errors.isEmpty)
  }

  @Test func moreShardsThanMeasurementsAreFine() throws {
    for words in [compared, scaled] {
      let outcome = try run(words + ["--shard", "999/1000", "--records", "none.jsonl", "--fresh"])
      outcome.expect(0)
      let text = outcome.text.split { $0.isWhitespace }.joined(separator: " ")
      #expect(text.contains("has none of the plan's"), "\(text)")
    }
    try run(["report", "none.jsonl"]).expect(0, saying: "991 more")
  }

  @Test func aMethodThatFailsIsSaidInItsPart() throws {
    for (words, reason) in [(["compare", "text"], "text: "), (["scale", "text"], "")] {
      let outcome = try run(
        words + ["--command", "bad=sh -c 'exit 3'; cat", "--shard", "1/1", "--records", "r.jsonl"])
      outcome.expect(1)
      #expect(outcome.text.contains("bad failed: \(reason)"), "\(outcome.text)")
      #expect(outcome.text.contains("Measurements of shard 1 of 1"))
    }
  }

  @Test(arguments: [
    ("--shard 4/3 --records r", "1 <= i <= n"), ("--shard 0/3 --records r", "--shard takes i/n"),
    ("--shard 1 --records r", "as in 2/8"), ("--shard 1/9999999999999 --records r", "1000000"),
    ("--shard=-1/2 --records r", "--shard takes i/n"), ("--shard 1/2", "bpb records merge"),
    ("--shard 1/2 --records r --html p.html", "--shard and --html"),
    ("--shard 1/2 --records r --svg d", "--shard and --svg"),
    ("--shard 1/2 --records r --format json", "--shard and --format json"),
  ])
  func whatAPartCannotBeIsSaid(options: String, said: String) throws {
    for words in [compared, scaled] {
      let before = scratch.names
      let outcome = try run(words + options.split(separator: " ").map(String.init))
      outcome.expect(64, saying: said)
      #expect(outcome.output.isEmpty && scratch.names == before)
    }
  }

  @Test func whatDependsOnTheMachineCannotBeDivided() throws {
    try run(scaled + ["--shard", "1/2", "--records", "r", "--max-time", "5"])
      .expect(64, saying: "--shard and --max-time exclude each other")
    for option in [["--per-file"], ["--no-speed"], ["--sort", "name"]] {
      try run(compared + ["--shard", "1/2", "--records", "r"] + option)
        .expect(64, saying: "--shard and \(option.joined(separator: " ")) exclude each other")
    }
  }
}
