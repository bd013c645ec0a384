import SystemPackage
import Testing
import _TestSupport

@Suite struct ExplainTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(3000), to: "text")
  }

  private func bpb(_ words: String..., input: [UInt8] = []) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path, input: input)
  }

  private func json(_ words: String...) throws -> JSON {
    let outcome = try CommandRunner.bpb(
      ["explain", "text", "--format", "json"] + words, in: scratch.path)
    outcome.expect(0)
    return try JSON(parsing: outcome.text)
  }

  private func bits(_ method: JSON?) -> [Double] {
    method?["byte_bits"]?.items.compactMap(\.number) ?? []
  }

  @Test func bitsAddUpToTheFileThatCompressWrites() throws {
    for name in ["ngram:2", "ppm:h", "ctw", "memoizer", "kn:3"] {
      let method = try json("-m", name)["methods"]?.items.first
      try bpb("compress", "text", "-m", name, "-o", "\(name).bpb").expect(0)
      let inspected = try bpb("inspect", "\(name).bpb", "--format", "json")
      let coded = try JSON(parsing: inspected.text)["coded_bytes"]?.number ?? 0
      let model = method?["sent_model_bytes"]?.number ?? 0
      let sum = bits(method).reduce(0, +)
      #expect(bits(method).count == 3000 && (model > 0) == (name == "kn:3"))
      #expect(abs(8 * (coded - model) - sum) < 8 * 14, "\(name): \(coded) bytes, \(sum) bits")
    }
  }

  @Test func theTextIsDrawnWithFiguresBelow() throws {
    let outcome = try bpb("explain", "text", "-m", "ngram:2", "--bytes", "70")
    outcome.expect(0)
    let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "text: bytes 0 to 69 of 3,000, counted from 0")
    #expect(
      lines.contains("1  It is a truth universally acknowledged, that no two files are alike. I"))
    #expect(outcome.text.contains("The dearest stretches") && harm(in: outcome.output).isEmpty)
  }

  @Test func coloursAreForTerminalsOrOnDemand() throws {
    let plain = try bpb("explain", "text")
    #expect(!plain.output.contains(0x1B))
    let forced = try CommandRunner.bpb(
      "explain", "text", "--color", "always", in: scratch.path, environment: ["NO_COLOR": "1"])
    #expect(forced.text.contains("\u{1B}[38;5;"))
    let rich = try CommandRunner.bpb(
      "explain", "text", "--color", "always", in: scratch.path,
      environment: ["COLORTERM": "truecolor"])
    #expect(rich.text.contains("\u{1B}[38;2;"))
  }

  @Test func twoMethodsStandSideBySide() throws {
    let outcome = try bpb("explain", "text", "-m", "ngram:0", "-m", "ngram:3")
    outcome.expect(0)
    for words in ["A ngram:0", "B ngram:3", "Where B saves most", "B takes fewer bits at"] {
      #expect(outcome.text.contains(words), "\(words)")
    }
    let document = try json("-m", "ngram:0,ngram:3")
    let sides = document["contest"]?["sides"]?.items ?? []
    let saved = sides.compactMap { $0["bits_saved"]?.number }
    #expect(saved.count == 2 && saved[1] > saved[0])
    #expect(document["methods"]?.items.count == 2)
  }

  @Test func aRareWordIsTheDearestToATrainedModel() throws {
    try bpb("train", "kn:4", "text", "-o", "m.bpbm").expect(0)
    let text = prose(700) + Array("xylophone".utf8) + prose(700)
    try scratch.write(text, to: "text")
    let document = try json("-m", "model:m.bpbm")
    let dearest = document["methods"]?.items.first?["dearest"]?.items.first
    let (from, to) = (dearest?["from"]?.number ?? 0, dearest?["to"]?.number ?? 0)
    #expect(from >= 695 && from <= 701 && to >= 709 && to <= 716, "\(from) to \(to)")
    #expect(document["methods"]?.items.first?["model_file_bytes"]?.number ?? 0 > 0)
  }

  @Test func aModelThatKnowsTheFileIsCalledOut() throws {
    try bpb("train", "kn:2", "text", "-o", "m.bpbm").expect(0)
    let outcome = try bpb("explain", "text", "-m", "model:m.bpbm")
    #expect(outcome.text.contains("learned from this very file"))
  }

  @Test func everyFormIsWritten() throws {
    let outcome = try bpb(
      "explain", "text", "-m", "ngram:1", "--format", "csv", "-o", "bits.csv", "--html",
      "page.html")
    outcome.expect(0)
    #expect(outcome.output.isEmpty)
    let table = rows(ofCSV: String(decoding: try scratch.read("bits.csv"), as: UTF8.self))
    #expect(table.count == 3001 && table[0].last == "bits ngram:1")
    #expect(table.dropFirst().allSatisfy { Double($0[4]) ?? -1 >= 0 })
    let page = String(decoding: try scratch.read("page.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && MarkupReader(page).faults.isEmpty)
    let part = try bpb(
      "explain", "text", "-m", "ngram:1", "--format", "csv", "--range", "10..20")
    #expect(Array(rows(ofCSV: part.text).dropFirst()) == Array(table[11...20]))
  }

  /// Nothing, one byte, bytes that are no text, and codes that would take over a terminal.
  @Test(arguments: ["ppm", "kn:2", "store"]) func anyBytesAreShownSafely(method: String) throws {
    let hostile: [[UInt8]] = [
      [], [0], [0xFF], Array(0...255), SplitMix64.bytes(count: 2500, seed: 3),
      Array("\u{1B}[2J\u{1B}]0;title\u{7}\u{9B}31m\u{202E}<script>\r\n".utf8),
    ]
    for bytes in hostile {
      let outcome = try bpb("explain", "-", "-m", method, "--html", "page.html", input: bytes)
      outcome.expect(0)
      #expect(harm(in: outcome.output).isEmpty)
      let page = String(decoding: try scratch.read("page.html"), as: UTF8.self)
      #expect(MarkupReader(page).faults.isEmpty)
      for format in ["csv", "json"] {
        let other = try bpb("explain", "-", "-m", method, "--format", format, input: bytes)
        other.expect(0)
        #expect(harm(in: other.output).isEmpty)
      }
    }
  }

  private static let mistakes: [(Int32, String, String)] = [
    (64, "text -m zlib", "method 'zlib:6': codes whole stretches of text"),
    (64, "text -m xz:9e", "name one that predicts bytes"),
    (64, "text -m ppm,ctw,memoizer", "3 methods: are more than"),
    (64, "text -m pmp", "did you mean 'ppm'?"),
    (66, "missing -m ppm", "missing: there is no such file or directory"),
    (66, ". -m ppm", "is a directory"),
    (66, "text -m model:none.bpbm", "none.bpbm"),
    (65, "text -m model:text", "text"),
    (64, "text --range 9..3", "--range takes two places"),
    (64, "text --range 5", "--range takes two places"),
    (64, "text --range 3000..", "has 3,000 bytes"),
    (64, "text --bytes lots", "--bytes takes a size"),
    (64, "text --bytes 5 --range 0..3", "exclude each other"),
    (64, "text --html text", "text: is to be written"),
    (64, "text -o x --html x", "x: is to be written"),
    (74, "text --html none/page.html", "none/page.html: cannot be opened"),
    (64, "text --color blue", "blue"), (64, "", "input"),
  ]

  @Test(arguments: mistakes) func mistakesAreSaid(code: Int32, line: String, saying: String) throws
  {
    let words = ["explain"] + line.split(separator: " ").map(String.init)
    let outcome = try CommandRunner.bpb(words, in: scratch.path)
    outcome.expect(code, saying: saying)
    let text = try scratch.read("text")
    #expect(outcome.output.isEmpty && text == prose(3000))
  }
}
