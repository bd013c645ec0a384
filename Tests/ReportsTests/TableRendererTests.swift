import Reports
import RunRecords
import Testing

@Suite struct TableRendererTests {
  private static let comparisons = [SampleRun.comparison, SampleRun.timed, SampleRun.solid]

  /// Terminal columns, as far as the sample's characters go.
  private func width(_ line: some StringProtocol) -> Int {
    line.unicodeScalars.reduce(0) {
      $0 + ($1 == "\u{301}" ? 0 : (0x4E00...0x9FFF).contains($1.value) ? 2 : 1)
    }
  }

  @Test func everyLineFitsEveryWidth() {
    for comparison in Self.comparisons {
      for columns in [20, 33, 40, 60, 79, 80, 81, 100, 132, 200] {
        let options = ReportOptions(perFile: columns >= 60)
        let text = TableRenderer(options, width: columns, color: false).render(comparison)
        for line in text.split(separator: "\n") where width(line) > columns {
          Issue.record("\(width(line)) columns of \(columns): \(line)")
        }
      }
    }
  }

  @Test func columnsAreAlignedWhateverTheNamesHold() {
    let lines = TableRenderer(ReportOptions(), width: 200, color: false)
      .render(SampleRun.comparison).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(Set(lines[3..<11].map(width)).count == 1)
  }

  @Test func wideTerminalsShowMoreAndNarrowOnesKeepTheFigure() {
    func header(_ columns: Int) -> Substring {
      TableRenderer(ReportOptions(), width: columns, color: false)
        .render(SampleRun.timed).split(separator: "\n", omittingEmptySubsequences: false)
        .first { $0.hasPrefix("method") } ?? ""
    }
    #expect(header(200).contains("version") && header(200).contains("ratio"))
    #expect(header(80).contains("verified") && !header(80).contains("version"))
    #expect(header(20).contains("bpb"))
  }

  @Test func thereAreNoTerminalCodesWithoutColour() {
    for comparison in Self.comparisons {
      for format in ReportFormat.allCases {
        let text = format.renderer(ReportOptions(perFile: true), width: 80, color: false)
          .render(comparison)
        let allowed: Set<Unicode.Scalar> = format == .csv ? ["\n", "\r"] : ["\n"]
        #expect(
          text.unicodeScalars.allSatisfy {
            allowed.contains($0)
              || ![.control, .format, .privateUse].contains($0.properties.generalCategory)
          })
        #expect(text.utf8.last == UInt8(ascii: "\n"))
      }
    }
  }

  @Test func colourChangesNothingButTheCodes() {
    let options = ReportOptions(perFile: true)
    let plain = TableRenderer(options, width: 80, color: false).render(SampleRun.comparison)
    let coloured = TableRenderer(options, width: 80, color: true).render(SampleRun.comparison)
    #expect(coloured != plain)
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test func textThatRecordsOfOthersHoldIsMadeSafe() {
    var run = SampleRun.run
    run.methods = [SampleRun.zlib]
    run.methods[0].name = "evil\u{1B}]0;title\u{7}"
    run.methods[0].framing = "a\nb\u{202E}"
    run.corpus.files[0].path = "\u{1B}[2J\\"
    run.policy = "\u{1B}"
    run.corpus.sha256 = "\u{1B}\u{7}"
    for format in ReportFormat.allCases {
      let text = format.renderer(ReportOptions(perFile: true), width: 80, color: false)
        .render(Comparison(run: run, cells: []))
      #expect(!text.unicodeScalars.contains { "\u{1B}\u{7}\u{202E}".unicodeScalars.contains($0) })
    }
  }
}
