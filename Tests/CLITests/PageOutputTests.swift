import SystemPackage
import Testing
import _TestSupport

@Suite struct PageOutputTests {
  private let scratch: TemporaryDirectory
  private let words = ["compare", "corpus", "-m", stableMethods, "--no-speed"]

  init() throws { scratch = try smallCorpus() }

  private func text(_ path: FilePath) throws -> String {
    String(decoding: try scratch.read(path), as: UTF8.self)
  }

  @Test func pageAndChartsComeBesidesTheTable() throws {
    let plain = try CommandRunner.bpb(words, in: scratch.path)
    let outcome = try CommandRunner.bpb(
      words + ["--html", "page.html", "--svg", "pictures", "--vega", "pictures"], in: scratch.path)
    outcome.expect(0)
    #expect(outcome.output == plain.output && outcome.errors.isEmpty)
    let page = try text("page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && MarkupReader(page).faults.isEmpty)
    let svg = try text("pictures/methods.svg")
    #expect(svg.hasPrefix("<?xml") && MarkupReader(svg).faults.isEmpty)
    let vega = try JSON(parsing: text("pictures/methods.vl.json"))
    #expect(vega["$schema"] == .string("https://vega.github.io/schema/vega-lite/v5.json"))
  }

  @Test func speedsHaveChartsOfTheirOwn() throws {
    try CommandRunner.bpb(
      "compare", "corpus", "-m", stableMethods, "--svg", "pictures", in: scratch.path
    ).expect(0)
    for name in ["methods", "encoding-speed", "decoding-speed"] {
      #expect(try MarkupReader(text(FilePath("pictures/\(name).svg"))).faults.isEmpty)
    }
  }

  @Test func aReportMakesThePageAgain() throws {
    try CommandRunner.bpb(
      words + ["--html", "page.html", "--records", "r.jsonl"], in: scratch.path
    ).expect(0)
    try CommandRunner.bpb(
      "report", "r.jsonl", "--no-speed", "--html", "again.html", in: scratch.path
    ).expect(0)
    #expect(try scratch.read("page.html") == scratch.read("again.html"))
  }

  @Test func severalComparisonsAreNumbered() throws {
    try CommandRunner.bpb(words + ["--records", "r.jsonl"], in: scratch.path).expect(0)
    try CommandRunner.bpb(words + ["--records", "r.jsonl", "--solid"], in: scratch.path).expect(0)
    try CommandRunner.bpb(
      "report", "r.jsonl", "--no-speed", "--svg", "pictures", "--html", "page.html",
      in: scratch.path
    ).expect(0)
    #expect(try text("pictures/1-methods.svg") != "" && text("pictures/2-methods.svg") != "")
    #expect(try text("page.html").contains("<h1>2 reports</h1>"))
  }

  @Test func whatIsWrittenIsNotMeasured() throws {
    let more = ["--html", "corpus/page.html", "--svg", "corpus", "--vega", "corpus/v"]
    let first = try CommandRunner.bpb(words + more, in: scratch.path)
    let second = try CommandRunner.bpb(words + more, in: scratch.path)
    #expect(first.output == second.output && first.text.hasPrefix("3 files,"))
    try CommandRunner.bpb(
      "compare", "corpus/a.txt", "-m", "store", "--html", "corpus/a.txt", in: scratch.path
    ).expect(64, saying: "corpus/a.txt: is to be written, and is named for something else")
    #expect(try scratch.read("corpus/a.txt").count == 3000)
    try CommandRunner.bpb(words + ["--records", "r.jsonl"], in: scratch.path).expect(0)
    try CommandRunner.bpb("report", "r.jsonl", "-o", "x", "--html", "./x", in: scratch.path)
      .expect(64, saying: "./x: is to be written, and is named for something else")
  }

  @Test func whatCannotBeWrittenIsSaidBeforeTheWork() throws {
    let slow = ["compare", "corpus", "--command", "slow=sleep 600; cat"]
    for (option, path) in [
      ("--html", "none/p.html"), ("--svg", "none/x"), ("--vega", "corpus/a.txt"),
    ] {
      let clock = ContinuousClock.now
      try CommandRunner.bpb(slow + [option, path], in: scratch.path).expect(74, saying: path)
      #expect(clock.duration(to: .now) < .seconds(60))
    }
  }
}
