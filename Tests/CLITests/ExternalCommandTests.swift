import SystemPackage
import Testing
import _TestSupport

@Suite struct ExternalCommandTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  private func compare(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(
      ["compare", "corpus", "--format", "json", "--no-speed"] + words, in: scratch.path)
  }

  private func result(_ method: String, in outcome: CommandRunner.Outcome) throws -> JSON {
    let results = try JSON(parsing: outcome.text)["results"]?.items ?? []
    return try #require(results.first { $0["method"]?.string == method })
  }

  @Test func streamsAndFilesAndShells() throws {
    let streamed = try compare("--command", "cp=cat; cat")
    streamed.expect(0)
    #expect(try result("cp", in: streamed)["coded_bytes"]?.number == 3500)
    let files = try compare("--command", "cp=cp {input} {output}.x; cp {input}.x {output}")
    files.expect(0)
    #expect(try result("cp", in: files)["coded_bytes"]?.number == 3500)
    let shell = try compare("--command-shell", "--command", "cp=cat | cat; cat | cat")
    shell.expect(0)
    #expect(try result("cp", in: shell)["verified"] == .bool(true))
  }

  @Test(arguments: [
    ("flip=cat; tr a b", "did not verify"),
    ("short=cat; head -c 10", "did not verify"),
    ("more=cat; sh -c \"cat; echo more\"", "did not verify"),
    ("nothing=cat; true", "did not verify"),
    ("dies=sh -c \"echo out of luck >&2; exit 3\"; cat", "exit status 3: out of luck"),
    ("killed=sh -c \"kill -9 \\$\\$\"; cat", "signal 9"),
    ("hangs=sleep 600; cat", "did not finish within 10"),
    ("files=true; cat {input}", "did not verify"),
    ("none=true {output}; cat {input}", "left no file"),
  ])
  func liarsFailAndOthersArePrinted(command: String, saying: String) throws {
    let outcome = try CommandRunner.bpb(
      "compare", "corpus/a.txt", "-m", "ngram:1", "--command", command, "--command-timeout", "10",
      "--no-speed", in: scratch.path)
    outcome.expect(1)
    // Sentences are wrapped in the table's footnotes.
    let text = outcome.text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(text.contains(saying), "\(outcome.text)")
    #expect(outcome.text.contains("FAILED") && outcome.text.contains(" ok\n"))
  }

  @Test func aFailedMethodHasNoFigures() throws {
    let outcome = try compare("-m", "store", "--command", "bad=cat; tr a b")
    outcome.expect(1)
    let bad = try result("bad", in: outcome)
    #expect(bad["error"] != .null)
    #expect(bad["verified"] == .bool(false))
    #expect(try result("store", in: outcome)["verified"] == .bool(true))
  }

  @Test func wordsOfAFailingProgramAreHarmless() throws {
    let outcome = try CommandRunner.bpb(
      "compare", "corpus/a.txt", "--no-speed", "--command",
      #"bad=sh -c "printf 'a\033[31mb<script>\n' >&2; exit 1"; cat"#, in: scratch.path)
    outcome.expect(1)
    #expect(harm(in: outcome.output).isEmpty)
    #expect(outcome.text.contains("a\\x1b[31mb"))
  }

  @Test func anotherCommandOfTheSameNameIsMeasuredAnew() throws {
    let words = ["--records", "r.jsonl", "--command"]
    let first = try compare(words[0], words[1], words[2], "x=cat; cat")
    first.expect(0)
    let second = try compare(words[0], words[1], words[2], "x=gzip -9 -c; gzip -dc")
    second.expect(0)
    #expect(!second.complaint.contains("taken from the records"))
    #expect(try result("x", in: second)["coded_bytes"]?.number ?? 3500 < 3000)
    let third = try compare(words[0], words[1], words[2], "x=cat; cat")
    third.expect(0, saying: "3 of 3 cells taken from the records")
    #expect(try result("x", in: third)["coded_bytes"]?.number == 3500)
  }
}
