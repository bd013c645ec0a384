import SystemPackage
import Testing
import _TestSupport

@Suite struct CompareFormatTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  @Test(arguments: ["table", "markdown", "csv", "json"])
  func formatIsAsRecorded(format: String) throws {
    let outcome = try CommandRunner.bpb(
      "compare", "corpus", "-m", stableMethods, "--no-speed", "--per-file", "--format", format,
      in: scratch.path)
    outcome.expect(0)
    #expect(harm(in: outcome.output).isEmpty)
    // What differs by machine: it, and the size of the program, which is the models' decoder.
    let text = outcome.text.replacing(#/"environment": \{[^}]*\}/#, with: "\"environment\": …")
      .replacing("\(try CommandRunner.bpb.stat().size)", with: "…")
    #expect(Snapshot.failure(of: text, named: "compare-\(format)") == nil)
  }

  @Test func jsonHasTheFieldsThatWerePromised() throws {
    let outcome = try CommandRunner.bpb(
      "compare", "corpus", "-m", "store,zlib:9,ngram:1", "--format", "json", in: scratch.path)
    outcome.expect(0)
    let report = try JSON(parsing: outcome.text)
    #expect(
      report.keys.isSuperset(of: ["schema", "corpus", "policy", "environment", "results"]))
    #expect(report["corpus"]?.keys.isSuperset(of: ["files", "bytes", "sha256"]) == true)
    for result in report["results"]?.items ?? [] {
      #expect(
        result.keys.isSuperset(of: [
          "method", "version", "kind", "bytes", "coded_bytes", "bits_per_byte", "model_bytes",
          "decoder_bytes", "verified", "encode_seconds", "decode_seconds", "memory_bytes", "files",
        ]))
      #expect(result["verified"] == .bool(true))
      #expect(result["model_bytes"] == .number(0))
      for file in result["files"]?.items ?? [] {
        #expect(file.keys.isSuperset(of: ["path", "bytes", "coded_bytes", "bits_per_byte"]))
      }
    }
  }

  @Test func csvNamesAreThoseOfJSON() throws {
    let words = ["compare", "corpus", "-m", stableMethods, "--format"]
    let csv = try CommandRunner.bpb(words + ["csv"], in: scratch.path)
    let json = try CommandRunner.bpb(words + ["json"], in: scratch.path)
    let names = Set(rows(ofCSV: csv.text).first ?? [])
    let result = try #require(try JSON(parsing: json.text)["results"]?.items.first)
    // What is no single figure has no column.
    let nested: Set = ["files", "complete", "encode_samples", "decode_samples"]
    #expect(result.keys.subtracting(names).isSubset(of: nested), "\(result.keys)")
    #expect(
      names.isSuperset(of: [
        "method", "version", "kind", "bytes", "coded_bytes", "bits_per_byte", "model_bytes",
        "decoder_bytes", "verified", "encode_seconds", "decode_seconds", "memory_bytes",
      ]))
  }

  @Test func totalsAreSums() throws {
    let outcome = try CommandRunner.bpb(
      "compare", "corpus", "-m", "zlib:9,xz:0,ngram:2", "--format", "json", in: scratch.path)
    for result in try JSON(parsing: outcome.text)["results"]?.items ?? [] {
      let files = result["files"]?.items ?? []
      #expect(files.count == 3)
      let coded = files.compactMap { $0["coded_bytes"]?.number }.reduce(0, +)
      #expect(result["bytes"]?.number == 3500)
      #expect(result["coded_bytes"]?.number == coded)
      #expect(result["bits_per_byte"]?.number == coded * 8 / 3500)
    }
  }

  @Test(arguments: ["table", "markdown", "csv", "json"])
  func outputIsWhatWouldBePrinted(format: String) throws {
    let words = ["compare", "corpus", "-m", stableMethods, "--no-speed", "--format", format]
    let printed = try CommandRunner.bpb(words, in: scratch.path)
    // A longer report of yesterday leaves nothing behind.
    try scratch.write([UInt8](repeating: 0x78, count: 100_000), to: "report")
    let written = try CommandRunner.bpb(words + ["--output", "report"], in: scratch.path)
    written.expect(0)
    #expect(written.output.isEmpty)
    #expect(try scratch.read("report") == printed.output)
  }

  @Test func nothingIsColouredAwayFromATerminal() throws {
    for environment in [["TERM": "xterm-256color"], ["NO_COLOR": "1"], ["CLICOLOR_FORCE": "1"]] {
      let outcome = try CommandRunner.bpb(
        "compare", "corpus", "-m", stableMethods, in: scratch.path, environment: environment)
      #expect(!outcome.output.contains(0x1B) && outcome.errors.isEmpty)
    }
  }

  @Test(arguments: [[], ["--per-file"], ["--timing", "--repetitions", "2"], ["--solid"]])
  func tablesFitEightyColumns(options: [String]) throws {
    try scratch.write("x", to: FilePath("corpus/" + String(repeating: "long-name-", count: 20)))
    let methods = "store,zlib:9,xz:9e,ngram:order=6:memory=65537,ngram:order=6:memory=123456789"
    let outcome = try CommandRunner.bpb(
      ["compare", "corpus", "-m", methods] + options, in: scratch.path)
    outcome.expect(0)
    let longest = outcome.text.split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest <= 80, "\(outcome.text)")
  }
}

@Suite struct CompareOptionTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  /// The results of `compare` in JSON.
  private func results(_ words: String..., input: [UInt8] = []) throws -> [JSON] {
    let outcome = try CommandRunner.bpb(
      ["compare", "--format", "json", "--no-speed"] + words, in: scratch.path, input: input)
    outcome.expect(0)
    return try JSON(parsing: outcome.text)["results"]?.items ?? []
  }

  @Test func solidIsOneStream() throws {
    let result = try #require(try results("corpus", "--solid", "-m", "ngram:2").first)
    #expect(result["bytes"]?.number == 3500)
    let whole = prose(3000) + SplitMix64.bytes(count: 500, seed: 1)
    try scratch.write(whole, to: "whole")
    let alone = try #require(try results("whole", "-m", "ngram:2").first)
    #expect(result["coded_bytes"] == alone["coded_bytes"])
  }

  @Test func chunksAreCodedOnTheirOwn() throws {
    let result = try #require(try results("corpus/a.txt", "--chunk", "2048", "-m", "zlib:9").first)
    try scratch.write(Array(prose(3000).prefix(2048)), to: "parts/1")
    try scratch.write(Array(prose(3000).dropFirst(2048)), to: "parts/2")
    let parts = try #require(try results("parts", "-m", "zlib:9").first)
    #expect(result["coded_bytes"] == parts["coded_bytes"])
  }

  @Test func sizesDoNotDependOnTheJobs() throws {
    let words = ["compare", "corpus", "-m", "zlib:9,xz:6,ngram:3", "--no-speed", "--per-file"]
    let one = try CommandRunner.bpb(words + ["-j", "1"], in: scratch.path)
    let two = try CommandRunner.bpb(words + ["-j", "2"], in: scratch.path)
    let many = try CommandRunner.bpb(words + ["-j", "100"], in: scratch.path)
    one.expect(0)
    #expect(one.output == two.output && one.output == many.output)
  }

  @Test func standardInputIsMeasured() throws {
    let result = try #require(try results("-", "-m", "ngram:1", input: prose(3000)).first)
    let file = try #require(try results("corpus/a.txt", "-m", "ngram:1").first)
    #expect(result["coded_bytes"] == file["coded_bytes"])
    #expect(result["files"]?.items.first?["path"] == .string("-"))
  }

  @Test func globsChoose() throws {
    func paths(_ words: String...) throws -> [String] {
      let outcome = try CommandRunner.bpb(
        ["compare", "corpus", "-m", "store", "--format", "json"] + words, in: scratch.path)
      let result = try JSON(parsing: outcome.text)["results"]?.items.first
      return result?["files"]?.items.compactMap { $0["path"]?.string } ?? []
    }
    #expect(try paths() == ["a.txt", "empty", "sub/b.bin"])
    #expect(try paths("--include", "*.txt") == ["a.txt"])
    #expect(try paths("--exclude", "sub") == ["a.txt", "empty"])
    #expect(
      try paths("--include", "*.txt", "--include", "*.bin", "--exclude", "a*") == ["sub/b.bin"])
    #expect(try paths("--include", "nothing*") == [])
  }

  @Test func orderIsAsAskedFor() throws {
    func order(_ sort: String) throws -> [String] {
      try results("corpus", "-m", "store,ngram:2,ngram:0", "--sort", sort)
        .compactMap { $0["method"]?.string }
    }
    #expect(try order("given") == ["store", "ngram:2", "ngram:0"])
    #expect(try order("name") == ["ngram:0", "ngram:2", "store"])
    #expect(try order("bpb") == ["ngram:2", "ngram:0", "store"])
  }

  @Test func methodsAreMeasuredOnce() throws {
    let names = try results(
      "corpus", "-m", "zlib:9,zlib:level=9", "-m", "zlib", "-m", "zlib:6,zlib:9", "--sort", "given"
    ).compactMap { $0["method"]?.string }
    #expect(names == ["zlib:9", "zlib:6"])
  }

  @Test func withoutDecodingNothingIsVerified() throws {
    let result = try #require(try results("corpus", "-m", "zlib:9", "--no-decode-check").first)
    #expect(result["verified"] == .null)
  }

  @Test func theDefaultSaysSomething() throws {
    let methods = try results("corpus").compactMap { $0["method"]?.string }
    #expect(methods.count >= 5 && methods.contains("store") && methods.contains("ngram:5"))
  }
}
