import SystemPackage
import Testing
import _TestSupport

/// Names of files that were chosen by somebody who wishes us ill.
@Suite struct HostileNameTests {
  private static let names: [[UInt8]] =
    [
      "line\nbreak", "carriage\rreturn", "tab\there", "bell\u{07}", "\u{1B}[31mred\u{1B}[0m",
      "\u{1B}]0;title\u{07}", "\u{9B}31m", "<script>alert(1)", "=1+1",
      "=cmd|' calc'!A0",
      "-rf", "--format=csv", "+1", "@SUM(1)", "\tformula", "'", "\"quoted\"", "a,b;c", "`code`",
      "| pipe | x", "*bold*_x_", "[link](javascript:x)", "&amp;", "$(touch pwned)", "back\\slash",
      "\\x41", "\u{202E}txt.exe", "zero\u{200B}width", "\u{FEFF}bom", "e\u{301}", "\u{E9}", "日本語",
      "👩‍👩‍👧",
      " leading", "trailing ", "~", "#hash", "\u{7F}", "%s%n", "NUL", "\"\u{301}mark",
    ].map { Array($0.utf8) } + [
      [0xFF, 0xFE], [0x61, 0x80, 0x62], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [UInt8](repeating: 0x78, count: 255),
    ]

  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    for (index, name) in Self.names.enumerated() {
      try scratch.write([UInt8](repeating: 0x61, count: index), to: Self.path(name))
    }
  }

  /// The path of a name of any bytes in the directory `d`.
  private static func path(_ name: [UInt8]) -> FilePath {
    (Array("d/".utf8) + name + [0]).map(CChar.init(bitPattern:)).withUnsafeBufferPointer {
      FilePath(platformString: $0.baseAddress!)
    }
  }

  private func compare(_ words: String...) throws -> CommandRunner.Outcome {
    let outcome = try CommandRunner.bpb(
      ["compare", "d", "-m", "store", "--per-file", "--no-speed"] + words, in: scratch.path)
    outcome.expect(0)
    #expect(harm(in: outcome.output).isEmpty, "\(words)")
    return outcome
  }

  @Test(arguments: ["table", "markdown", "csv", "json"])
  func everyFormatShowsThemSafely(format: String) throws {
    #expect(try compare("--format", format).text.contains("日本語"))
  }

  @Test func everyFileHasANameOfItsOwn() throws {
    let report = try JSON(parsing: compare("--format", "json").text)
    let files = try #require(report["results"]?.items.first?["files"]?.items)
    let paths = files.compactMap { $0["path"]?.string.map { Array($0.utf8) } }
    #expect(Set(paths).count == Self.names.count)
    #expect(
      Set(files.compactMap { $0["bytes"]?.number }) == Set((0..<Self.names.count).map(Double.init)))
  }

  @Test func noCellIsAFormula() throws {
    let rows = rows(ofCSV: try compare("--format", "csv").text)
    #expect(rows.count == Self.names.count + 2)
    for row in rows {
      #expect(row.count == rows[0].count)
      for cell in row {
        #expect(!"=+-@\t\r".contains(cell.first ?? " "), "\(cell)")
      }
    }
  }

  @Test func nothingIsMarkup() throws {
    let text = try compare("--format", "markdown").text
    let tables = String(text.prefix { $0 != "\u{0}" }).split(separator: "```")[0]
    for markup in ["<script", "](", "&amp;", "*bold*", "$(", "| pipe |"] {
      #expect(!tables.contains(markup), "\(markup)")
    }
  }

  @Test func noPageRunsThem() throws {
    _ = try compare("--html", "page.html", "--svg", "pictures", "--vega", "pictures")
    let page = String(decoding: try scratch.read("page.html"), as: UTF8.self)
    let reader = MarkupReader(page)
    #expect(reader.faults.isEmpty, "\(reader.faults)")
    #expect(reader.elements.count { $0.name == "script" } == 1)
    #expect(reader.text.contains("<script>alert(1)") && reader.text.contains("日本語"))
    let svg = String(decoding: try scratch.read("pictures/methods.svg"), as: UTF8.self)
    #expect(MarkupReader(svg).faults.isEmpty)
    let shown = harm(in: Array(page.utf8)) + harm(in: try scratch.read("pictures/methods.vl.json"))
    #expect(shown.isEmpty, "\(shown)")
  }

  @Test func recordsKeepThem() throws {
    let printed = try compare("--records", "r.jsonl")
    let again = try compare("--records", "r.jsonl")
    #expect(again.complaint.contains("\(Self.names.count) of \(Self.names.count) cells taken"))
    let report = try CommandRunner.bpb(
      "report", "r.jsonl", "--per-file", "--no-speed", in: scratch.path)
    report.expect(0)
    #expect(report.output == printed.output && again.output == printed.output)
    #expect(harm(in: try scratch.read("r.jsonl")).isEmpty)
  }

  /// Each given by itself, as a shell's glob gives it.
  @Test func theyCanBeNamedDirectly() throws {
    let arguments = Self.names.map { Self.path($0) }
    let script = "for f in d/*; do \"$B\" inspect \"$f\" 2>&1; done"
    let outcome = try RunningCommand(
      ["/bin/sh", "-c", script], in: scratch.path,
      environment: ["B": CommandRunner.bpb.string]
    ).wait()
    #expect(harm(in: outcome.output).isEmpty)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.count == arguments.count)
    for line in lines {
      let isNamed =
        line.contains(": this is not a .bpb file") || line.contains(": the file is empty")
      #expect(isNamed, "\(line)")
    }
  }
}
