import Reports
import RunRecords
import Testing
import _TestSupport

@Suite struct CheckRendererTests {
  private func text(
    _ format: CheckFormat, _ outcome: BaselineCheck.Outcome, showsAll: Bool = false
  ) -> String {
    format.renderer(at: CheckSamples.place, showsAll: showsAll).render(outcome)
  }

  @Test(arguments: CheckFormat.allCases)
  func everyKindOfFinding(format: CheckFormat) throws {
    let outcome = try CheckSamples.everything()
    #expect(Set(outcome.findings.map(\.kind)).count == 9)
    let text = text(format, outcome)
    #expect(Snapshot.failure(of: text, named: "check-\(format.rawValue)") == nil)
  }

  @Test(arguments: CheckFormat.allCases)
  func changedInputsComparedByBitsPerByte(format: CheckFormat) throws {
    let check = BaselineCheck(
      tolerance: try CheckSamples.tolerance("0.02bpb"), isStrict: true,
      changedInputs: .compareBitsPerByte)
    var cases = CheckSamples.held + [CheckSamples.mixed[7]]
    cases[0].isSame = false
    let text = text(format, CheckSamples.outcome(cases, check: check))
    #expect(Snapshot.failure(of: text, named: "check-bpb-\(format.rawValue)") == nil)
  }

  @Test func theLastLineIsTheVerdict() throws {
    let exact = BaselineCheck()
    let strict = BaselineCheck(isStrict: true)
    let half = BaselineCheck(tolerance: try CheckSamples.tolerance("0.5%"))
    let (held, mixed) = (CheckSamples.held, CheckSamples.mixed)
    let cases: [(BaselineCheck.Outcome, String)] = [
      (
        CheckSamples.outcome([held[0]], check: exact, methods: ["a", "b"]),
        "held: 2 of 2 sizes; limit exact"
      ),
      (
        CheckSamples.outcome(held, check: half),
        "held: 2 of 2 sizes, 1 not equal but within the limit; limit 0.5%"
      ),
      (
        CheckSamples.outcome([held[0], mixed[6]], check: exact),
        "held: 1 of 2 sizes, 1 smaller; limit exact"
      ),
      (
        CheckSamples.outcome([held[0], mixed[6]], check: strict),
        "IMPROVED: 1 smaller, 1 of 2 sizes held; limit exact"
      ),
      (
        CheckSamples.outcome([held[0], mixed[2]], check: exact),
        "REGRESSION: 1 larger, 1 of 2 sizes held; limit exact"
      ),
      (
        CheckSamples.outcome([held[0], mixed[8], mixed[9]], check: exact),
        "INPUTS CHANGED: 1 on new inputs, 1 on missing inputs, 1 of 2 sizes held; limit exact"
      ),
      (
        CheckSamples.outcome([held[0], mixed[10]], check: exact),
        "FAILED: 1 not verified, 1 of 2 sizes held; limit exact"
      ),
      (
        exact.outcomeWithoutBaseline(),
        "NO BASELINE: nothing to compare with; limit exact"
      ),
    ]
    for (outcome, line) in cases {
      #expect(text(.text, outcome).split(separator: "\n").last.map(String.init) == line)
      #expect(text(.github, outcome).split(separator: "\n")[0].contains("::" + line))
      #expect(text(.junit, outcome).contains("<system-out>\(line)</system-out>"))
    }
  }

  @Test func heldSizesAreShownOnRequest() throws {
    let outcome = CheckSamples.outcome(
      CheckSamples.held, check: BaselineCheck(tolerance: try CheckSamples.tolerance("0.5%")))
    #expect(text(.text, outcome).split(separator: "\n").count == 1)
    #expect(
      text(.text, outcome, showsAll: true) == """
        held zlib:9 on b.txt: 40,000 → 40,200 bytes (+200, +0.5%), limit 0.5% = 200 bytes
        held zlib:9 on a.txt: 1,234 bytes, limit 0.5% = 6 bytes
        held: 2 of 2 sizes, 1 not equal but within the limit; limit 0.5%

        """)
  }

  @Test func manyFindingsAreBoundedUnlessAllAreAskedFor() {
    let cases = (0..<100).map {
      CheckSamples.Case(path: "\($0)", before: (5000, 1000), after: (5000, 1001 + $0))
    }
    let outcome = CheckSamples.outcome(cases, check: BaselineCheck())
    let lines = text(.text, outcome).split(separator: "\n")
    #expect(lines.count == 20 + 3 && lines[20] == "… and 80 more; --all shows them")
    #expect(lines[0].hasPrefix("REGRESSION zlib:9 on 99: 1,000 → 1,100 bytes (+100, +10.0%)"))
    #expect(text(.text, outcome, showsAll: true).split(separator: "\n").count == 100 + 2)
    for showsAll in [false, true] {
      let lines = text(.github, outcome, showsAll: showsAll).split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("::error") } == 10)
      #expect(lines.count == (showsAll ? 101 : 22))
    }
  }

  @Test func aStreamIsNamedAsSuch() {
    var run = SampleRun.run
    run.policy = "solid"
    run.methods = [SampleRun.zlib]
    let row = Baseline.Row(
      path: nil, method: "zlib:9", policy: "solid", bytes: 1, codedBytes: 1, sha256: "x",
      version: "1.2.13")
    var cell = SampleRun.cell(SampleRun.zlib, 0, share: 0.5)
    (cell.policy, cell.path, cell.sha256) = ("solid", nil, run.corpus.sha256)
    cell.bytes = run.corpus.bytes
    let outcome = BaselineCheck().outcome(of: run, cells: [cell], against: Baseline([row]))
    #expect(
      text(.text, outcome).hasPrefix(
        "CHANGED all files as one stream: not what the baseline was made of, so 1 method could"))
    #expect(text(.junit, outcome).contains("name=\"all files as one stream\""))
  }
}
