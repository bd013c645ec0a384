import SystemPackage
import Testing
import _TestSupport

@Suite struct RecordsTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  private func compare(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(
      ["compare", "corpus", "--no-speed", "--records", "r.jsonl"] + words, in: scratch.path)
  }

  private func report(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["report", "r.jsonl", "--no-speed"] + words, in: scratch.path)
  }

  /// Replaces the records by `change` of the last line and what was before it.
  private func damage(_ change: (_ before: String, _ last: String) -> String) throws {
    let text = try scratch.text("r.jsonl")
    let lines = text.split(separator: "\n").map { "\($0)\n" }
    try scratch.write(change(lines.dropLast().joined(), lines.last ?? ""), to: "r.jsonl")
  }

  @Test func aRerunTakesCellsOver() throws {
    let first = try compare("-m", "store,ngram:1")
    first.expect(0)
    #expect(first.errors.isEmpty)
    let more = try compare("-m", "store,ngram:1,zlib:9")
    more.expect(0, saying: "6 of 9 cells taken from the records")
    let records = try scratch.read("r.jsonl")
    let same = try compare("-m", "store,ngram:1,zlib:9")
    same.expect(0, saying: "9 of 9 cells taken from the records")
    #expect(try scratch.read("r.jsonl") == records)
    let fresh = try compare("-m", "store,ngram:1,zlib:9", "--fresh")
    fresh.expect(0)
    #expect(fresh.errors.isEmpty && fresh.output == more.output && same.output == more.output)
    #expect(try scratch.read("r.jsonl").count > records.count)
  }

  @Test func policiesAndContentsAreKeptApart() throws {
    try compare("-m", "ngram:1").expect(0)
    for policy in [["--solid"], ["--chunk", "100"], ["--chunk", "200"]] {
      let outcome = try compare("-m", "ngram:1", policy[0], policy.last!)
      #expect(!outcome.complaint.contains("taken from the records"))
    }
    try scratch.write("other", to: "corpus/a.txt")
    try compare("-m", "ngram:1").expect(0, saying: "2 of 3 cells taken")
  }

  @Test func whatWasNotVerifiedIsRepeatedToBeVerified() throws {
    try compare("-m", "ngram:1", "--no-decode-check").expect(0)
    let outcome = try compare("-m", "ngram:1")
    outcome.expect(0)
    #expect(outcome.errors.isEmpty && outcome.text.contains(" ok\n"))
  }

  @Test(arguments: ["table", "markdown", "csv", "json"])
  func reportIsWhatWasPrinted(format: String) throws {
    let options = ["--per-file", "--format", format]
    let printed = try compare("-m", stableMethods, options[0], options[1], options[2])
    printed.expect(0)
    let report = try report(options[0], options[1], options[2])
    report.expect(0)
    #expect(report.output == printed.output)
  }

  /// Everything was known already, but of another corpus: there is a report on that one too.
  @Test func aRunThatMeasuredNothingIsReportedToo() throws {
    try compare("-m", "store").expect(0)
    let smaller = try compare("-m", "store", "--exclude", "a.txt")
    smaller.expect(0, saying: "2 of 2 cells taken")
    #expect(try report().text.hasSuffix("\n" + smaller.text))
  }

  /// Another build of bpb is another decoder, but the method is the same.
  @Test func aMethodIsReportedOnceWhateverItsDecoder() throws {
    try compare("-m", "ngram:1").expect(0)
    let other = try scratch.text("r.jsonl")
      .replacing(#/"decoder_bytes":\d+/#, with: "\"decoder_bytes\":12345")
    try scratch.write(other, to: "r.jsonl")
    try compare("-m", "ngram:1,store").expect(0)
    let rows = try report().text.split(separator: "\n").count { $0.hasPrefix("ngram:1 ") }
    #expect(rows == 1)
  }

  @Test func aLineThatWasCutShortIsRepaired() throws {
    let whole = try compare("-m", "store,ngram:1")
    for keep in [1, 20, 200] {
      try damage { before, last in before + last.prefix(keep) }
      let report = try report()
      report.expect(0, saying: "r.jsonl: the last line was cut short")
      let again = try compare("-m", "store,ngram:1")
      again.expect(0, saying: "was cut short", "5 of 6 cells taken")
      #expect(again.output == whole.output)
    }
  }

  @Test func foreignFilesAreLeftAsTheyAre() throws {
    for content in ["hello\n", "{}\n", "{\"type\":\"cell\"}\n", "\n", "\u{0}", "[1]\n"] {
      try scratch.write(content, to: "r.jsonl")
      try compare("-m", "store").expect(65, saying: "r.jsonl: ")
      try report().expect(65, saying: "r.jsonl: ")
      #expect(try scratch.text("r.jsonl") == content)
    }
  }

  @Test func damagedAndNewerFilesAreLeftAsTheyAre() throws {
    try compare("-m", "store").expect(0)
    let good = try scratch.text("r.jsonl")
    try damage { before, last in before + "{\"bytes\":1,,\n" + last }
    let damaged = try scratch.text("r.jsonl")
    try compare("-m", "store").expect(65, saying: "r.jsonl: line 4 is damaged")
    try report().expect(65, saying: "line 4 is damaged")
    #expect(try scratch.text("r.jsonl") == damaged)
    let newer = good.replacing("\"schema\":1", with: "\"schema\":2")
    try scratch.write(newer, to: "r.jsonl")
    try compare("-m", "store").expect(65, saying: "use a newer bpb")
    #expect(try scratch.text("r.jsonl") == newer)
  }

  @Test func anEmptyFileIsANewOne() throws {
    try scratch.write("", to: "r.jsonl")
    try report().expect(66, saying: "holds no runs")
    try compare("-m", "store").expect(0)
    try report().expect(0)
  }

  @Test func twoRunsDoNotShareAFile() throws {
    let marker = scratch.path.appending("started")
    let first = try RunningCommand(
      [
        CommandRunner.bpb.string, "compare", "corpus/a.txt", "--records", "r.jsonl", "--command",
        "slow=sh -c 'touch \(marker); sleep 2; cat'; cat",
      ], in: scratch.path)
    while !scratch.has("started") && first.isRunning { RunningCommand.pause(milliseconds: 5) }
    try compare("-m", "store").expect(74, saying: "r.jsonl: is being written by another run")
    try first.wait().expect(0)
    try compare("-m", "store").expect(0)
  }

  @Test func recordsThatLieAreShownSafely() throws {
    try compare("-m", "store").expect(0)
    let lies = try scratch.text("r.jsonl")
      .replacing("\"store\"", with: "\"\\u001b[31m<b>=1\\u202e\"")
      .replacing("\"bytes\":3000", with: "\"bytes\":9223372036854775807")
      .replacing("\"coded_bytes\":500", with: "\"coded_bytes\":9223372036854775807")
      .replacing(#/"encode_seconds":\[[^\]]*\]/#, with: "\"encode_seconds\":[1e308,-1e308,0]")
    try scratch.write(lies, to: "r.jsonl")
    for format in ["table", "markdown", "csv", "json"] {
      let outcome = try CommandRunner.bpb(
        "report", "r.jsonl", "--per-file", "--format", format, in: scratch.path)
      #expect(outcome.code == 0 || outcome.code == 65, "\(outcome.complaint)")
      #expect(harm(in: outcome.output + outcome.errors).isEmpty)
    }
  }
}
