import Testing
import _TestSupport

@testable import Charts
@testable import Reports

@Suite struct ExplanationTests {
  /// A text whose every byte takes as many bits as `bits` says, under one method or more.
  private func explanation(
    _ text: String, _ bits: [[Double]], range: Range<Int>? = nil
  ) -> ByteExplanation {
    let bytes = Array(text.utf8)
    let names = ["ngram:2", "ppm:mixed"]
    return ByteExplanation(
      name: "text", text: bytes,
      accounts: zip(names, bits).map { .init(name: $0, bits: $1) },
      range: range ?? 0..<bytes.count)
  }

  private func flat(_ text: String, _ bits: Double) -> [Double] {
    Array(repeating: bits, count: text.utf8.count)
  }

  @Test func aSurveyCountsEveryByteOnce() {
    let text = "Ab 1,\r\né\u{1}\tcd"
    let bits = (0..<text.utf8.count).map { Double($0) / 2 }
    let survey = ByteSurvey(Array(text.utf8), bits)
    let all = survey.total
    #expect(all.bytes == 13 && all.bits == bits.reduce(0, +))
    for tallies in [survey.levels, survey.classes, survey.words] {
      #expect(tallies.reduce(0) { $0 + $1.bytes } == all.bytes)
      #expect(abs(tallies.reduce(0) { $0 + $1.bits } - all.bits) < 1e-9)
    }
    #expect(survey.levels.map(\.bytes) == [1, 1, 6, 5])
    func bytes(_ kind: ByteClass) -> Int { survey.classes[kind.rawValue].bytes }
    #expect(bytes(.letter) == 4 && bytes(.digit) == 1 && bytes(.space) == 2)
    #expect(bytes(.punctuation) == 1 && bytes(.lineEnd) == 2 && bytes(.other) == 1)
    #expect(bytes(.firstOfSeveral) == 1 && bytes(.laterOfSeveral) == 1)
    #expect(survey.words.map(\.bytes) == [3, 3, 7])
  }

  @Test func aRareWordIsTheDearestStretch() {
    let text =
      String(repeating: "the cat sat\n", count: 20) + "xylophone\n"
      + String(repeating: "the cat sat\n", count: 20)
    var bits = flat(text, 0.5)
    for place in 240..<249 { bits[place] = 7 }
    let summary = ExplanationSummary(explanation(text, [bits]))
    #expect(summary.places[0].map(\.range) == [240..<249])
    #expect(summary.places[0][0].line == 21 && summary.places[0][0].bits == [63])
    let report = ExplanationTextRenderer(width: 80, colours: nil)
      .render(explanation(text, [bits], range: 0..<10))
    #expect(report.contains("  21   240      9  63.0  xylophone\n"), "\(report)")
    #expect(report.hasPrefix("text: bytes 0 to 9 of 490, counted from 0\n"))
  }

  @Test func twoMethodsShareTheBytes() {
    let text = "aaaabbbbcccccccccccc"
    let a: [Double] = [1, 1, 1, 1, 5, 5, 5, 5] + Array(repeating: 1.0, count: 12)
    let b: [Double] = [4, 4, 4, 4, 1, 1, 1, 1] + Array(repeating: 1.05, count: 12)
    let summary = ExplanationSummary(explanation(text, [a, b]))
    let contest = summary.contest!
    #expect(contest.wins == [.init(bytes: 4, bits: 12), .init(bytes: 4, bits: 16)])
    #expect(contest.places.map { $0.map(\.range) } == [[0..<4], [4..<8]])
    #expect(contest.places[0][0].bits == [4, 16])
  }

  @Test func figuresStandBelowTheirCharacters() {
    let text = "a爱b\u{1B}\ncd"
    let bits: [Double] = [0, 9, 3, 3, 0.2, 12, 1.4, 2, 3]
    let report = HeatTextRenderer(
      layout: HeatLayout(explanation(text, [bits]), width: 80), colours: nil, methods: 1)
    #expect(report.lines == ["1  a爱b\\x1b↵", "    5 .+   1", "2  cd", "   23"])
  }

  @Test func twoMethodsHaveARowEach() {
    let pair = explanation("ab\n", [[1, 2, 3], [4, 5, 6]])
    let report = HeatTextRenderer(
      layout: HeatLayout(pair, width: 80), colours: nil, methods: 2)
    #expect(report.lines == ["1  ab↵", "A  123", "B  456"])
  }

  @Test(arguments: [40, 41, 60]) func noLineIsWiderThanTheTerminal(width: Int) {
    let text = String(repeating: "红楼梦 says \u{7}\\ e\u{301} and 🙂 ", count: 30)
    let layout = HeatLayout(explanation(text, [flat(text, 2)]), width: width)
    let lines = HeatTextRenderer(layout: layout, colours: nil, methods: 1).lines
    #expect(lines.count > 10 && lines.allSatisfy { DisplayWidth.of($0) <= width })
    #expect(lines.contains { DisplayWidth.of($0) >= width - 3 }, "room is used")
  }

  /// What a terminal is told consists of our own codes and of text that prints.
  @Test func noCodeOfTheTextReachesTheTerminal() {
    let text =
      String(decoding: 0..<128, as: UTF8.self) + "\u{1B}[31m\u{9B}1m\u{202E}\u{1B}]0;x\u{7}"
    let bits = (0..<text.utf8.count).map { Double($0 % 12) }
    for terminal in [
      nil, HeatTerminal(hasTrueColour: true, isLight: false),
      HeatTerminal(hasTrueColour: false, isLight: true),
    ] {
      for accounts in [[bits], [bits, Array(bits.reversed())]] {
        let report = ExplanationTextRenderer(width: 80, colours: terminal)
          .render(explanation(text, accounts))
        let rest = report.replacing(#/\u{1B}\[[0-9;]+m/#, with: "")
        #expect((rest == report) == (terminal == nil))
        let harm = rest.unicodeScalars.filter {
          $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
        }
        #expect(harm.isEmpty && !rest.contains("[31m\u{1B}"))
        #expect(rest.contains("\\x1b"))
      }
    }
  }

  @Test func coloursEndWithTheirLines() {
    let text = "dear\ncheap\n"
    let bits = Array(repeating: 9.0, count: 5) + Array(repeating: 0, count: 6)
    let terminal = HeatTerminal(hasTrueColour: false, isLight: false)
    let lines = HeatTextRenderer(
      layout: HeatLayout(explanation(text, [bits]), width: 80), colours: terminal, methods: 1
    ).lines
    let code = terminal.code(of: 6, on: .bits)
    #expect(lines[0].hasSuffix(code + "dear↵" + HeatTerminal.reset))
    #expect(lines[1].hasSuffix("cheap↵"))
  }

  @Test func nothingIsSaidOfNothing() {
    let report = ExplanationTextRenderer(width: 80, colours: nil).render(explanation("", [[]]))
    #expect(report == "text: 0 bytes: there is nothing to draw\n")
    #expect(MarkupReader(ExplanationPage(explanation("", [[]])).render()).faults.isEmpty)
  }

  @Test func partsOfATwoPartCodeAreNamed() {
    var pair = explanation("abc", [[1, 1, 1]])
    pair = ByteExplanation(
      name: "text", text: pair.text,
      accounts: [.init(name: "kn:3", bits: [1, 1, 1], sentModelBytes: 1234)], range: 0..<3)
    let report = ExplanationTextRenderer(width: 80, colours: nil).render(pair)
    #expect(report.contains("model sent") && report.contains("1,234"))
  }

  @Test func pagesHoldTheTextAndNoMore() throws {
    let hostile = "<script>alert(1)</script> & \"'\u{1B}[31m\n"
    let text = String(repeating: hostile, count: 40)
    let bits = (0..<text.utf8.count).map { Double($0 % 11) }
    for accounts in [[bits], [bits, flat(text, 3)]] {
      let page = ExplanationPage(explanation(text, accounts)).render()
      let reader = MarkupReader(page)
      #expect(reader.faults.isEmpty, "\(reader.faults)")
      #expect(reader.elements.count { $0.name == "script" } == 1)
      #expect(reader.text.contains("<script>alert(1)</script> & \"'\\x1b[31m↵\n<script>"))
      #expect(!page.utf8.contains(0x1B))
    }
  }

  @Test func longTextsAreDrawnInPart() {
    let text = String(repeating: "一", count: 100_000)
    let page = ExplanationPage(explanation(text, [flat(text, 1)])).render()
    let drawn = MarkupReader(page).text.count { $0 == "一" }
    #expect(drawn == 40_000)
    #expect(page.contains("Bytes 0 to 120,000 of 300,000"))
  }

  @Test func equalColoursAreOneRun() {
    let text = "aaaabbbb\ncc"
    let bits = [0, 0, 0, 0, 5, 5, 5, 5, 5, 0, 9.0]
    let runs = HeatRuns.runs(of: explanation(text, [bits]), 0..<11)
    #expect(runs.map(\.text) == ["aaaa", "bbbb↵\n", "c", "c"])
    #expect(runs.map(\.shades) == [[0], [5], [0], [6]])
    #expect(runs[1].detail == "byte 4\n5.0 5.0 5.0 5.0 5.0 = 25.0 bits" && runs[0].detail == nil)
  }

  /// Colours of either method and of their difference: whatever the reader chooses, a run has one colour.
  @Test func runsOfTwoMethodsAreOfOneColourInEveryView() {
    let pair = explanation("abcde", [[2, 2, 2, 9, 9], [2, 3.9, 3.9, 9, 30]])
    let runs = HeatRuns.runs(of: pair, 0..<5)
    #expect(runs.map(\.text) == ["a", "bc", "d", "e"])
    #expect(runs.map(\.shades) == [[4, 4], [4, 4], [6, 6], [6, 6]])
    #expect(runs.map(\.difference) == [0, -2, 0, -3])
    #expect(runs[1].detail == "byte 1\nA 2.0 2.0 = 4.0 bits\nB 3.9 3.9 = 7.8 bits")
  }

  @Test func tablesForProgramsHaveEveryByte() throws {
    let text = "a,\"\n爱"
    let bits = [0.5, 1, 2, 3, 4, 5, 6.25]
    var csv = ""
    try ExplanationCSVRenderer().render(explanation(text, [bits, bits])) { csv += $0 }
    let rows = csv.split(separator: "\r\n").map { $0.split(separator: ",").map(String.init) }
    #expect(rows[0] == ["offset", "line", "byte", "class", "bits ngram:2", "bits ppm:mixed"])
    #expect(rows.count == 8 && rows[1] == ["0", "1", "97", "letter", "0.5", "0.5"])
    #expect(rows[7] == ["6", "2", "177", "non_ascii_other", "6.25", "6.25"])
    let json = ExplanationJSONRenderer().render(explanation(text, [bits], range: 1..<3))
    #expect(json.contains("\"from\": 1") && json.contains("\"to\": 3"))
    #expect(json.contains("1.0, 2.0\n") && !json.contains("6.25"))
  }
}
