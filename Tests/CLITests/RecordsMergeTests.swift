import SystemPackage
import Testing
import _TestSupport

/// `bpb records merge` on files of any kind.
@Suite struct RecordsMergeTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try smallCorpus()
    for (file, methods) in [("a.jsonl", "store,ngram:0"), ("b.jsonl", "store,ngram:2")] {
      try CommandRunner.bpb(
        "compare", "corpus", "-m", methods, "--records", file, in: scratch.path
      ).expect(0)
    }
  }

  private func merge(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["records", "merge"] + words, in: scratch.path)
  }

  private func report(_ file: String) throws -> String {
    try CommandRunner.bpb("report", file, "--no-speed", in: scratch.path).text
  }

  /// Expects an error that leaves everything as it was.
  private func refused(_ code: Int32, _ words: String..., saying said: String) throws {
    let (names, a, b) = (scratch.names, try scratch.read("a.jsonl"), try scratch.read("b.jsonl"))
    let outcome = try CommandRunner.bpb(["records", "merge"] + words, in: scratch.path)
    outcome.expect(code, saying: said)
    #expect(outcome.output.isEmpty && scratch.names == names)
    #expect(try scratch.read("a.jsonl") == a && scratch.read("b.jsonl") == b)
  }

  @Test func differentPlansAreKeptBesideEachOther() throws {
    try merge("a.jsonl", "b.jsonl", "-o", "c.jsonl").expect(
      0, saying: "joined 2 files: 2 plans, 9 measurements")
    let text = try report("c.jsonl")
    for method in ["store ", "ngram:0 ", "ngram:2 "] { #expect(text.contains("\n\(method)")) }
    #expect(text.contains("9 of 9 measurements"))
    // As it would be had both been measured into one file.
    let (a, b) = (try scratch.text("a.jsonl"), try scratch.text("b.jsonl"))
    try scratch.write(a + b, to: "both.jsonl")
    #expect(try report("both.jsonl") == text)
  }

  @Test func anotherCorpusHasAReportOfItsOwn() throws {
    try CommandRunner.bpb(
      "compare", "corpus/a.txt", "-m", "store", "--records", "d.jsonl", in: scratch.path
    ).expect(0)
    try merge("a.jsonl", "d.jsonl", "-o", "c.jsonl").expect(0, saying: "2 plans")
    #expect(try report("c.jsonl") == report("a.jsonl") + "\n" + report("d.jsonl"))
  }

  @Test func theSameFileTwiceIsThatFile() throws {
    try merge("a.jsonl", "-o", "once.jsonl").expect(0)
    try merge("a.jsonl", "a.jsonl", "once.jsonl", "-o", "twice.jsonl").expect(
      0, saying: "1 plan, 6")
    #expect(try scratch.read("once.jsonl") == scratch.read("twice.jsonl"))
    #expect(try report("once.jsonl") == report("a.jsonl"))
  }

  @Test func theLaterFileCounts() throws {
    let other = try scratch.text("a.jsonl").replacing(
      "\"coded_bytes\":3000", with: "\"coded_bytes\":2999")
    try scratch.write(other, to: "other.jsonl")
    try merge("a.jsonl", "other.jsonl", "-o", "c.jsonl").expect(0)
    #expect(try report("c.jsonl").contains(" 3,499 "))
    try merge("other.jsonl", "a.jsonl", "-o", "d.jsonl").expect(0)
    #expect(try report("d.jsonl").contains(" 3,500 "))
  }

  @Test func otherVersionsAreSaid() throws {
    let other = try scratch.text("a.jsonl").replacing(
      "\"version\":\"1\"", with: "\"version\":\"2\"")
    try scratch.write(other, to: "other.jsonl")
    try merge("a.jsonl", "other.jsonl", "-o", "c.jsonl").expect(
      0, saying: "ngram:0 has versions 1, 2, which are kept apart")
    #expect(try report("c.jsonl").contains("ngram:0 (2)"))
  }

  @Test func standardOutputIsAnOutput() throws {
    let outcome = try merge("a.jsonl", "-o", "-")
    outcome.expect(0)
    try merge("a.jsonl", "-o", "c.jsonl").expect(0)
    #expect(try scratch.read("c.jsonl") == outcome.output)
  }

  @Test func anExistingFileIsReplacedOnlyWhenForced() throws {
    try refused(74, "a.jsonl", "-o", "b.jsonl", saying: "b.jsonl: exists already; use --force")
    try scratch.write("something else", to: "c.jsonl")
    try merge("a.jsonl", "-o", "c.jsonl", "--force").expect(0)
    #expect(try report("c.jsonl") == report("a.jsonl"))
  }

  @Test func anInputIsNoOutput() throws {
    scratch.link("link.jsonl", to: "a.jsonl")
    for words in [
      ["a.jsonl", "b.jsonl"], ["./b.jsonl", "corpus/../a.jsonl"], ["link.jsonl", "b.jsonl"],
    ] {
      try refused(
        64, words[0], words[1], "-o", "a.jsonl", "--force", saying: "is to be written, and is named"
      )
    }
  }

  /// What a run goes on writing to a file that was replaced would be lost.
  @Test func aFileThatARunWritesIsNotReplaced() throws {
    let run = try RunningCommand(
      [
        CommandRunner.bpb.string, "compare", "corpus/a.txt", "--records", "busy.jsonl", "--command",
        "slow=sh -c 'touch \(scratch.path.appending("started")); sleep 2; cat'; cat",
      ], in: scratch.path)
    while !scratch.has("started") && run.isRunning { RunningCommand.pause(milliseconds: 5) }
    try merge("a.jsonl", "-o", "busy.jsonl", "-f").expect(
      74, saying: "busy.jsonl: is being written")
    try merge("a.jsonl", "busy.jsonl", "-o", "c.jsonl").expect(
      0, saying: "busy.jsonl: is being written by another run; what it adds now is not joined")
    try run.wait().expect(0)
    try merge("a.jsonl", "busy.jsonl", "-o", "d.jsonl").expect(0, saying: "7 measurements")
  }

  @Test func aLineThatWasCutShortIsLeftOut() throws {
    // Lines come as cells end; cut is one that the other file does not have as well.
    let lines = try scratch.text("a.jsonl").split(separator: "\n")
    let own = try #require(lines.lastIndex { $0.contains("\"method\":\"ngram:0\"") })
    let text = (lines[..<own] + lines[(own + 1)...] + [lines[own]]).map { $0 + "\n" }.joined()
    try scratch.write(String(text.dropLast(9)), to: "cut.jsonl")
    try merge("cut.jsonl", "b.jsonl", "-o", "c.jsonl").expect(
      0, saying: "cut.jsonl: the last line was cut short by an interrupted run and is left out")
    #expect(try report("c.jsonl").contains("8 of 9 measurements"))
    #expect(try scratch.text("cut.jsonl") == String(text.dropLast(9)))
  }

  @Test func whatIsNoRecordsFileIsSaid() throws {
    let text = try scratch.text("a.jsonl")
    let lines = text.split(separator: "\n").map(String.init)
    let damaged = [lines[0], lines[1].replacing("{", with: "["), lines[2], ""]
    for (content, said) in [
      (damaged.joined(separator: "\n"), "x.jsonl: line 2 is damaged"),
      (text.replacing("\"schema\":1", with: "\"schema\":2"), "line 1 has schema 2"),
      (
        text.replacing("\"type\":\"cell\"", with: "\"type\":\"fit\""),
        "of a type that this bpb does not know"
      ),
      ("hello\n", "x.jsonl: is not a records file"),
    ] {
      try scratch.write(content, to: "x.jsonl")
      try refused(65, "a.jsonl", "x.jsonl", "b.jsonl", "-o", "c.jsonl", saying: said)
      #expect(try scratch.text("x.jsonl") == content)
    }
  }

  @Test func whatIsNotThereIsSaid() throws {
    try refused(
      66, "a.jsonl", "missing.jsonl", "-o", "c.jsonl", saying: "missing.jsonl: cannot be read")
    try refused(66, "corpus", "-o", "c.jsonl", saying: "corpus: cannot be read")
    try refused(64, "-o", "c.jsonl", saying: "Missing expected argument")
    try refused(64, "a.jsonl", saying: "--output")
    try refused(74, "a.jsonl", "-o", "none/c.jsonl", saying: "none/c.jsonl: cannot be created")
    try refused(74, "a.jsonl", "-o", "corpus", "--force", saying: "corpus: is a directory")
  }

  @Test func filesOfNothingAreSaid() throws {
    try scratch.write("", to: "empty.jsonl")
    try refused(
      66, "empty.jsonl", "empty.jsonl", "-o", "c.jsonl", saying: "no records in the files")
    try merge("empty.jsonl", "a.jsonl", "-o", "c.jsonl").expect(
      0, saying: "empty.jsonl: holds no records", "6 measurements")
  }

  @Test(.enabled(if: FilePath("/dev/full").exists))
  func aFullDiskIsSaid() throws {
    try refused(74, "a.jsonl", "-o", "/dev/full", "--force", saying: "cannot be written")
    let limited = try CommandRunner.bpb(
      "records", "merge", "a.jsonl", "-o", "c.jsonl", in: scratch.path, shell: "ulimit -f 1")
    limited.expect(74, saying: "c.jsonl: cannot be written")
    #expect(!scratch.names.contains { $0.hasPrefix("c.jsonl") || $0.hasPrefix(".c.jsonl") })
  }
}

extension FilePath {
  fileprivate var exists: Bool { (try? stat()) != nil }
}
