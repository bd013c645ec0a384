import SystemPackage
import Testing
import _TestSupport

@Suite struct HelpTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  @Test(arguments: [
    "", "compare", "report", "methods", "compress", "decompress", "inspect", "synth", "scale",
    "grid", "plan",
    "selfcheck", "train", "eval", "generate", "explain", "ablate", "study", "records",
    "records merge",
  ])
  func helpIsAsRecorded(subcommand: String) throws {
    let words = subcommand.split(separator: " ").map(String.init) + ["--help"]
    let outcome = try CommandRunner.bpb(words, in: scratch.path)
    outcome.expect(0)
    let name = subcommand.isEmpty ? "help" : "help-\(subcommand.replacing(" ", with: "-"))"
    #expect(Snapshot.failure(of: outcome.text, named: name) == nil)
  }

  @Test func versionIsANumber() throws {
    let outcome = try CommandRunner.bpb("--version", in: scratch.path)
    outcome.expect(0)
    #expect(try #/\d+\.\d+\.\d+\n/#.wholeMatch(in: outcome.text) != nil)
  }

  @Test func noCommandShowsHelp() throws {
    let outcome = try CommandRunner.bpb(in: scratch.path)
    outcome.expect(0)
    #expect(outcome.text.contains("SUBCOMMANDS:"))
  }
}

@Suite struct UsageErrorTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write("x", to: "x")
  }

  /// A command line, its exit code and what it says on standard error.
  struct Case: CustomStringConvertible {
    let words: [String]
    let code: Int32
    let saying: String

    init(_ code: Int32, _ line: String, saying: String) {
      words = line.split(separator: " ").map(String.init)
      self.code = code
      self.saying = saying
    }

    var description: String { words.joined(separator: " ") }
  }

  private static let cases = [
    Case(64, "compare", saying: "name a file or a directory"),
    Case(66, "compare missing", saying: "missing: there is no such file or directory"),
    Case(66, "compress missing", saying: "missing: there is no such file or directory"),
    Case(66, "decompress missing.bpb", saying: "missing.bpb: cannot be opened"),
    Case(66, "inspect missing.bpb", saying: "missing.bpb: cannot be opened"),
    Case(66, "report missing.jsonl", saying: "missing.jsonl: cannot be read"),
    Case(64, "compare x --formt csv", saying: "--format"),
    Case(64, "compare x --format cvs", saying: "cvs"),
    Case(64, "compare x -m zlob", saying: "did you mean 'zlib'?"),
    Case(64, "compare x -m Zlib:9", saying: "did you mean 'zlib'?"),
    Case(64, "compare x -m zlib:10", saying: "nearest is 9"),
    Case(64, "compare x -m ngram:-1", saying: "nearest is 0"),
    Case(64, "compare x -m ngram:99999999999999999999", saying: "0 to 6"),
    Case(64, "compare x -m ngram:odrer=3", saying: "did you mean 'order'?"),
    Case(64, "compare x -m ngram:order=3:order=4", saying: "given twice"),
    Case(64, "compare x -m ngram:5:memory=1", saying: "64KiB to 16GiB"),
    Case(64, "compare x -m ,", saying: "a method name is empty"),
    Case(64, "compare x -m zlib:\"9", saying: "not closed"),
    Case(64, "compare x -m xz:9x", saying: "did you mean"),
    Case(64, "compare x --chunk 0", saying: "--chunk"),
    Case(64, "compare x --chunk -5", saying: "--chunk"),
    Case(64, "compare x --chunk 10 --solid", saying: "exclude each other"),
    Case(64, "compare x -j 0", saying: "--jobs"),
    Case(64, "compare x --memory-limit lots", saying: "--memory-limit"),
    Case(64, "compare x --sort speed --no-speed", saying: "--sort speed"),
    Case(64, "compare x --command gzip", saying: "NAME=ENCODE; DECODE"),
    Case(64, "compare x --command zlib=cat;cat", saying: "a method of that name already"),
    Case(64, "compare x --command g=nosuchprogram;cat", saying: "nosuchprogram"),
    Case(64, "compress x -m zlob", saying: "did you mean 'zlib'?"),
    Case(64, "decompress x", saying: "does not end in .bpb"),
    Case(64, "methods zlob", saying: "did you mean 'zlib'?"),
    Case(64, "nonsense", saying: "nonsense"),
    Case(74, "compare x -o none/report.txt", saying: "none/report.txt: cannot be opened"),
    Case(74, "compare x --records none/r.jsonl", saying: "none/r.jsonl: cannot be opened"),
  ]

  @Test(arguments: cases) func isSaid(_ line: Case) throws {
    let outcome = try CommandRunner.bpb(line.words, in: scratch.path)
    outcome.expect(line.code, saying: line.saying)
    #expect(outcome.output.isEmpty)
    #expect(scratch.names == ["x"], "left something behind")
  }

  @Test func anEmptyPathIsSaid() throws {
    try CommandRunner.bpb("compare", "", in: scratch.path).expect(66, saying: "an empty path")
  }

  @Test func wordsThatAGlobFoundAreHarmless() throws {
    let name = "--\u{1B}]0;title\u{07}\u{1B}[31m"
    let outcome = try CommandRunner.bpb("compare", "x", name, in: scratch.path)
    outcome.expect(64, saying: "\\x1b")
  }

  @Test func methodsAreListed() throws {
    let outcome = try CommandRunner.bpb("methods", "--format", "json", in: scratch.path)
    outcome.expect(0)
    let names = try JSON(parsing: outcome.text)["methods"]?.items.compactMap { $0["name"]?.string }
    #expect(Set(names ?? []).isSuperset(of: ["store", "zlib", "xz", "ngram"]))
    let one = try CommandRunner.bpb("methods", "ngram", in: scratch.path)
    one.expect(0)
    #expect(one.text.hasPrefix("ngram (1)") && one.text.contains("order=0…6, default 5"))
  }
}
