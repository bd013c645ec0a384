import SystemPackage
import Testing
import _TestSupport

/// `bpb scale` on small corpora.
@Suite struct ScaleTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func scale(_ words: String..., seconds: Int = 60) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["scale"] + words, in: scratch.path, seconds: seconds)
  }

  /// The same JSON without what says which run it was.
  private func withoutIdentity(_ text: String) -> String {
    text.replacing(#/"(run|started)": "[^"]*"/#, with: "").replacing(
      #/"command": \[[^\]]*\]/#, with: "")
  }

  @Test func everyFigureOfASmallCorpus() throws {
    for index in 0..<2 { try scratch.write(prose(21_000 + index), to: FilePath("d/\(index)")) }
    let words = [
      "d", "-m", "zlib:6,ngram:0", "--points-per-decade", "2", "--windows", "1", "--records",
      "r.jsonl",
    ]
    let outcome = try CommandRunner.bpb(["scale", "--format", "json"] + words, in: scratch.path)
    outcome.expect(0, saying: "jobs, about")
    let report = try JSON(parsing: outcome.text)
    let methods = report["methods"]?.items ?? []
    #expect(methods.map { $0["method"]?.string } == ["zlib:6", "ngram:0"])
    for method in methods { try checkStretchesAddUp(method) }
    #expect(report["bytes"]?.number == 42_001)
    let heldOut = try #require(methods.last?["heldout"]?.items)
    #expect(heldOut.count >= 3 && heldOut.allSatisfy { ($0["bits_per_byte"]?.number ?? 9) < 9 })
    let frozen = try #require(methods.last?["frozen"]?.items.last)
    for key in [
      "model_bytes", "residual_bytes", "best_coded_bits", "top_one", "continuation_bytes",
    ] {
      #expect(frozen[key]?.number != nil, "\(key)")
    }
    #expect(report["laws"]?.items.count == 3)
    let reading = report["reading"]?.items.compactMap(\.string) ?? []
    #expect(reading.contains { $0.hasPrefix("Claim: ten times the data still helps ") })
    try checkReportsAgain(outcome, words)
  }

  /// The cost of the whole is that of the first size and of every stretch after it.
  private func checkStretchesAddUp(_ method: JSON) throws {
    func curve(_ kind: String) throws -> [(bytes: Double, loss: Double)] {
      try (method[kind]?.items ?? []).map {
        (try #require($0["bytes"]?.number), try #require($0["windows"]?.items.first?.number))
      }
    }
    let coded = try curve("coded")
    let marginal = try curve("marginal")
    #expect(coded.count >= 4 && marginal.map(\.bytes) == coded.dropLast().map(\.bytes))
    let whole = try #require(coded.last)
    let stretches = zip(coded, coded.dropFirst()).map { $1.bytes - $0.bytes }
    let sum = zip(stretches, marginal).reduce(coded[0].bytes * coded[0].loss) {
      $0 + $1.0 * $1.1.loss
    }
    #expect(abs(sum - whole.bytes * whole.loss) < 1e-6)
  }

  /// The records give the same report, and the same run takes all of them over.
  private func checkReportsAgain(_ outcome: CommandRunner.Outcome, _ words: [String]) throws {
    let records = try scratch.read("r.jsonl")
    let report = try CommandRunner.bpb("report", "r.jsonl", "--format", "json", in: scratch.path)
    #expect(report.output == outcome.output && report.errors.isEmpty)
    let again = try CommandRunner.bpb(["scale", "--format", "json"] + words, in: scratch.path)
    again.expect(0, saying: "jobs taken from the records")
    #expect(!again.complaint.contains("about"))
    #expect(withoutIdentity(again.text) == withoutIdentity(outcome.text))
    #expect(try scratch.read("r.jsonl") == records)
  }

  @Test func theSameRunGivesTheSameReport() throws {
    try scratch.write(prose(2500), to: "a")
    let reports = try (0..<2).map { _ in try scale("a", "-m", "zlib:1,ngram:0") }
    #expect(reports[0].code == 0 && reports[0].output == reports[1].output)
  }

  @Test func recordsOfAnotherCorpusStayAndAreSaidToBe() throws {
    try scratch.write(prose(3000), to: "a")
    try scratch.write(prose(4000), to: "b")
    try scale("a", "-m", "store", "--records", "r").expect(0)
    let first = try scratch.read("r")
    try scale("b", "-m", "store", "--records", "r").expect(
      0, saying: "the records are of another corpus, seed or split; they are kept")
    #expect(try scratch.read("r").starts(with: first))
    let report = try CommandRunner.bpb("report", "r", in: scratch.path).text
    #expect(report.contains("a: 1 file, 3,000 bytes") && report.contains("b: 1 file, 4,000 bytes"))
  }

  /// Nothing was measured, but the report is another one.
  @Test func aRunThatTookEverythingFromTheRecordsIsReportedToo() throws {
    try scratch.write(prose(5000), to: "a")
    try scale("a", "-m", "store", "--records", "r").expect(0)
    let fewer = try scale("a", "-m", "store", "--records", "r", "--windows", "1")
    fewer.expect(0, saying: "jobs taken from the records")
    #expect(!fewer.text.contains("windows"))
    #expect(try CommandRunner.bpb("report", "r", in: scratch.path).output == fewer.output)
  }

  @Test(arguments: [0, 1, 1023, 2047])
  func tooLittleIsSaidAtOnce(count: Int) throws {
    try scratch.write(prose(count), to: "a")
    let outcome = try scale("a", "--command", "slow=sleep 600; sleep 600", seconds: 60)
    outcome.expect(
      66, saying: "the corpus has \(count) byte\(count == 1 ? "" : "s"), too few to see")
    #expect(outcome.output.isEmpty)
  }

  @Test func aDirectoryWithoutFilesIsTooLittle() throws {
    scratch.makeDirectory("empty")
    try scale("empty").expect(66, saying: "empty: no files to measure", "0 bytes, too few")
  }

  @Test func twoSizesAreEnough() throws {
    try scratch.write(prose(2048), to: "a")
    let outcome = try scale("a", "-m", "store")
    outcome.expect(0)
    #expect(outcome.text.contains("1,024  8.000\n") && outcome.text.contains("2,048  8.000\n"))
    #expect(outcome.text.contains("The corpus is too small for a held-out part"))
    #expect(outcome.text.contains("store, coded: no law."))
  }

  @Test(arguments: [true, false])
  func extremesHaveFiguresToo(isNoise: Bool) throws {
    let bytes =
      isNoise ? SplitMix64.bytes(count: 10_000, seed: 1) : [UInt8](repeating: 0, count: 10_000)
    try scratch.write(bytes, to: "a")
    let outcome = try scale("a", "-m", "zlib:9,ngram:0", "--points-per-decade", "1")
    outcome.expect(0)
    for word in ["nan", "inf", "-0.0", "FAILED"] { #expect(!outcome.text.contains(word)) }
    let last = outcome.text.split(separator: "\n").first { $0.hasPrefix("10,000 ") }
    #expect(last?.hasPrefix(isNoise ? "10,000   8.0" : "10,000   0.0") == true, "\(outcome.text)")
  }

  @Test(arguments: [
    "--windows 0", "--windows 65", "--points-per-decade 0", "--points-per-decade 21",
    "--max-time 0", "--max-time 1.5", "--seed -1", "-m nothing", "-j 0", "--synth uniform",
    "--format html",
  ])
  func wrongOptionsAreSaidBeforeAnythingIsDone(options: String) throws {
    try scratch.write(prose(3000), to: "a")
    let words = ["scale", "a"] + options.split(separator: " ").map(String.init)
    let outcome = try CommandRunner.bpb(words, in: scratch.path)
    outcome.expect(64, saying: "rror: ")
    #expect(outcome.output.isEmpty)
  }

  @Test func withoutInputsThereIsNothingToMeasure() throws {
    try scale().expect(64, saying: "name a file or a directory")
    try scale("missing").expect(66, saying: "missing")
    try scale("--synth", "nothing").expect(64, saying: "nothing")
    try scale("--synth", "uniform", "--synth-bytes", "2GiB").expect(64, saying: "--synth-bytes")
  }
}

/// `bpb scale` on sources of known entropy.
@Suite struct ScaleSourceTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  @Test(arguments: [
    ("uniform", false), ("iid", true), ("markov", true), ("hmm", false), ("grammar", false),
    ("bernoulli:0.1", true),
  ])
  func noMethodIsBelowTheSource(source: String, hasParameters: Bool) throws {
    let outcome = try CommandRunner.bpb(
      "scale", "--synth", source, "--synth-bytes", "3000", "-m", "zlib:9,store",
      "--points-per-decade", "2", in: scratch.path)
    outcome.expect(0)
    #expect(outcome.text.contains("Drawn from \(source.prefix { $0 != ":" })"))
    #expect(outcome.text.contains("to learn") == hasParameters)
    let table = outcome.text.split(separator: "bits beyond the true source's own code length")[1]
    let rows = table.split(separator: "\n").dropFirst(2).prefix {
      $0.first != "L" && $0.first != "s"
    }
    .map { $0.split(separator: " ").compactMap { Double($0.replacing(",", with: "")) } }
    .filter { $0.count == (hasParameters ? 5 : 4) }
    #expect(rows.map { $0[0] } == [1024, 2700, 3000])
    for row in rows {
      #expect(row.suffix(2).allSatisfy { $0 >= -64 }, "\(row)")
      // Stored, every byte takes eight bits.
      #expect(abs(row[1] + row[row.count - 1] - 8 * row[0]) <= 1)
    }
  }

  /// On text that is the same throughout, zlib has nothing more to gain once its window is full.
  @Test func zlibSettlesOnAStationarySource() throws {
    let outcome = try CommandRunner.bpb(
      "scale", "--synth", "markov:symbols=3:entropy=1.5", "--synth-bytes", "4MB", "-m", "zlib:6",
      in: scratch.path, seconds: 120)
    outcome.expect(0)
    let text = outcome.text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(
      text.contains(
        "the claim is supported: what the next stretch costs zlib:6 after 102,400 bytes less"),
      "\(text)")
  }

  /// The rates that coded and held-out losses fall to are the source's.
  @Test(.enabled(if: LongTests.areWanted))
  func floorsAreTheEntropyOfTheSource() throws {
    let outcome = try CommandRunner.bpb(
      "scale", "--synth", "markov:entropy=1.5", "--synth-bytes", "300kB", "-m", "ngram:2,ngram:3",
      "--format", "json", in: scratch.path, seconds: 900)
    outcome.expect(0)
    let laws = try JSON(parsing: outcome.text)["laws"]?.items ?? []
    #expect(laws.count == 4)
    for law in laws {
      let floor = try #require(law["irreducible"]?.number)
      #expect(abs(floor - 1.5) < 0.02, "\(law)")
    }
  }
}
