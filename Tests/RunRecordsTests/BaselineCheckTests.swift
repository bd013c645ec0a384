import RunRecords
import Testing
import _TestSupport

@Suite struct BaselineCheckTests {
  typealias Input = BaselineSamples.Input

  /// Ways in which a run can fall short, the first cell being its victim.
  static let spoilt:
    [(kind: BaselineCheck.Finding.Kind, change: @Sendable (inout [CellRecord]) -> Void)] = [
      (
        .methodFailed,
        { cells in
          cells[0].codedBytes = nil
          cells[0].verified = nil
          cells[0].error = "ran out of its limits"
        }
      ),
      (.methodFailed, { $0[0].error = "its decoder failed" }),
      (.methodFailed, { $0[0].codedBytes = nil }),
      (.notVerified, { $0[0].verified = false }),
      (.notVerified, { $0[0].verified = nil }),
      (.notMeasured, { $0.removeFirst() }),
      (.notMeasured, { $0[0].version = "1.2.12" }),
      (.notMeasured, { $0[0].policy = "chunk:2048" }),
      (.notMeasured, { $0[0].sha256 = BaselineSamples.hash("f") }),
      (.notMeasured, { $0 = [] }),
    ]

  @Test func whatFailedOrIsMissingNeverCountsAsHeld() {
    let run = BaselineSamples.run([Input(path: "a"), Input(path: "b")])
    let whole = BaselineSamples.cells(of: run) { _, _ in 500 }
    let baseline = Baseline([BaselineSamples.row("a"), BaselineSamples.row("b")])
    for spoil in Self.spoilt {
      var cells = whole
      spoil.change(&cells)
      let outcome = BaselineCheck().outcome(of: run, cells: cells, against: baseline)
      #expect(outcome.exit == .methodFailed)
      #expect(outcome.findings.first?.kind == spoil.kind)
      #expect(outcome.findings.first?.reason != nil && outcome.sizeCount == 2)
    }
  }

  @Test func aRunHoldsAgainstTheBaselineMadeOfIt() throws {
    var generator = SplitMix64(seed: 9)
    for policy in ["per-file", "solid", "chunk:2048"] {
      for _ in 0..<50 {
        let inputs = (0..<Int.random(in: 1...6, using: &generator)).map {
          Input(path: "\($0)", bytes: [0, 1, 1000].randomElement(using: &generator)!)
        }
        let methods = Array(["zlib:9", "xz:6", "ngram:5"].shuffled(using: &generator).prefix(2))
        let run = BaselineSamples.run(
          inputs, methods: methods, policy: policy,
          version: Bool.random(using: &generator) ? nil : "1")
        let cells = BaselineSamples.cells(of: run) { _, _ in
          Int.random(in: 0...2000, using: &generator)
        }
        let baseline = try Baseline().updated(with: run, cells: cells.shuffled(using: &generator))
          .baseline
        let read = try Baseline(parsing: Array(baseline.csv.utf8), of: "x")
        let check = BaselineCheck(isStrict: true, changedVersions: .fail)
        let outcome = check.outcome(of: run, cells: cells.shuffled(), against: read)
        #expect(outcome.exit == .held && outcome.findings.allSatisfy { $0.kind == .held })
        #expect(outcome.sizeCount == (policy == "solid" ? 1 : inputs.count) * methods.count)
      }
    }
  }

  @Test func sizesThatGrewOrShrankAreToldApart() {
    let row = BaselineSamples.row("a")
    let cases: [(Int, Bool, BaselineCheck.Exit, BaselineCheck.Finding.Kind)] = [
      (500, false, .held, .held), (501, false, .regression, .regression),
      (499, false, .held, .improvement), (499, true, .improvement, .improvement),
      (501, true, .regression, .regression),
    ]
    for (coded, isStrict, exit, kind) in cases {
      let outcome = BaselineSamples.outcome(
        row, coded: coded, check: BaselineCheck(isStrict: isStrict))
      #expect(outcome.exit == exit && outcome.findings.map(\.kind) == [kind])
      #expect(outcome.findings.first?.comparison?.limit == .exact)
    }
  }

  @Test func changedNewAndMissingInputsAreNamed() {
    let run = BaselineSamples.run([Input(path: "a", digit: "b"), Input(path: "new")])
    let cells = BaselineSamples.cells(of: run) { _, _ in 500 }
    let baseline = Baseline([BaselineSamples.row("a"), BaselineSamples.row("gone")])
    let outcome = BaselineCheck().outcome(of: run, cells: cells, against: baseline)
    #expect(outcome.exit == .inputsChanged)
    #expect(outcome.findings.map(\.kind) == [.changedInput, .newInput, .missingInput])
    #expect(outcome.findings.map(\.scope) == [.input("a"), .input("new"), .input("gone")])
    #expect(outcome.sizeCount == 2)
    let lenient = BaselineCheck(changedInputs: .compareBitsPerByte)
      .outcome(of: run, cells: cells, against: baseline)
    #expect(lenient.exit == .inputsChanged)
    #expect(lenient.findings.map(\.kind) == [.newInput, .missingInput, .held])
    #expect(lenient.findings.last?.severity == .warning)
  }

  @Test func aChangedLengthIsAChangedInputWhateverItsHash() {
    let outcome = BaselineSamples.outcome(BaselineSamples.row("a", bytes: 999), coded: 500)
    #expect(outcome.exit == .inputsChanged)
  }

  @Test func namesThatLookAlikeAreTwoInputs() {
    let run = BaselineSamples.run([Input(path: "e\u{301}"), Input(path: "\u{e9}", digit: "b")])
    let cells = BaselineSamples.cells(of: run) { _, _ in 500 }
    let baseline = Baseline([BaselineSamples.row("\u{e9}", digit: "b")])
    let outcome = BaselineCheck().outcome(of: run, cells: cells, against: baseline)
    #expect(outcome.findings.map(\.kind) == [.newInput, .held])
  }

  @Test func aMethodWithoutRowsHasNoBaseline() {
    let run = BaselineSamples.run([Input(path: "a")], methods: ["zlib:9", "xz:6"])
    let cells = BaselineSamples.cells(of: run) { _, _ in 501 }
    for (policy, kinds) in [
      ("per-file", [BaselineCheck.Finding.Kind.noBaseline, .regression]),
      ("solid", [.noBaseline, .noBaseline]),
    ] {
      let row = BaselineSamples.row(policy == "solid" ? nil : "a", policy: policy)
      let outcome = BaselineCheck().outcome(of: run, cells: cells, against: Baseline([row]))
      #expect(outcome.exit == .noBaseline && outcome.findings.map(\.kind) == kinds)
    }
  }

  @Test func nothingComparedIsNotHeld() {
    let run = BaselineSamples.run([], methods: [])
    #expect(BaselineCheck().outcome(of: run, cells: [], against: Baseline()).exit == .noBaseline)
    let outcome = BaselineCheck().outcomeWithoutBaseline()
    #expect(outcome.exit == .noBaseline && outcome.findings.map(\.scope) == [.baseline])
    let empty = BaselineSamples.run([])
    let baseline = Baseline([BaselineSamples.row("a")])
    #expect(
      BaselineCheck().outcome(of: empty, cells: [], against: baseline).exit == .inputsChanged)
  }

  @Test func anotherVersionIsAWarningOrAFailure() {
    for (version, other) in [("1.2.12", "1.2.13"), (nil, "1.2.13"), ("1.2.12", nil)] {
      let run = BaselineSamples.run([Input(path: "a"), Input(path: "b")], version: other)
      let cells = BaselineSamples.cells(of: run) { _, _ in 500 }
      let baseline = Baseline(["a", "b"].map { BaselineSamples.row($0, version: version) })
      let warned = BaselineCheck().outcome(of: run, cells: cells, against: baseline)
      #expect(warned.exit == .held)
      #expect(warned.findings.map(\.kind) == [.versionChanged, .held, .held])
      #expect(warned.findings[0].severity == .warning)
      #expect(warned.findings[0].versions?.baseline == version)
      #expect(warned.findings[0].versions?.current == other)
      let failed = BaselineCheck(changedVersions: .fail)
        .outcome(of: run, cells: cells, against: baseline)
      #expect(failed.exit == .regression && failed.sizeCount == 2)
    }
  }

  @Test func rowsOfMethodsThatWereNotAskedForAreLeftAlone() {
    let run = BaselineSamples.run([Input(path: "a")])
    let cells = BaselineSamples.cells(of: run) { _, _ in 500 }
    let baseline = Baseline([
      BaselineSamples.row("a"), BaselineSamples.row("gone", method: "xz:6"),
      BaselineSamples.row(nil, policy: "solid"),
    ])
    let outcome = BaselineCheck().outcome(of: run, cells: cells, against: baseline)
    #expect(outcome.exit == .held && outcome.findings.map(\.kind) == [.held])
  }

  @Test func theWorstDecidesAndComesFirst() {
    let inputs = ["better", "changed", "grown", "grown-most", "held"].map { Input(path: $0) }
    let methods = ["zlib:9", "xz:6"]
    func exit(
      _ paths: [String], noRows: Bool = false, failing: Bool = false
    ) -> BaselineCheck.Exit {
      let run = BaselineSamples.run(
        inputs.filter { paths.contains($0.path) }, methods: noRows ? methods : ["zlib:9"])
      var cells = BaselineSamples.cells(of: run) { _, path in
        ["better": 400, "grown": 600, "grown-most": 700][path!] ?? 500
      }
      if failing { cells[0].verified = false }
      let baseline = Baseline(
        paths.map { BaselineSamples.row($0, digit: $0 == "changed" ? "b" : "a") })
      let outcome = BaselineCheck(isStrict: true).outcome(of: run, cells: cells, against: baseline)
      #expect(outcome.findings.map(\.kind) == outcome.findings.map(\.kind).sorted())
      return outcome.exit
    }
    let all = inputs.map(\.path)
    #expect(exit(all, noRows: true, failing: true) == .methodFailed)
    #expect(exit(all, noRows: true) == .noBaseline)
    #expect(exit(all) == .regression)
    #expect(exit(["better", "changed", "held"]) == .inputsChanged)
    #expect(exit(["better", "held"]) == .improvement)
    #expect(exit(["held"]) == .held)
  }

  @Test func regressionsAreSortedByGrowth() {
    let sizes = ["a": 600, "b": 900, "c": 501]
    let run = BaselineSamples.run(sizes.keys.sorted().map { Input(path: $0) })
    let cells = BaselineSamples.cells(of: run) { _, path in sizes[path!]! }
    let baseline = Baseline(sizes.keys.map { BaselineSamples.row($0) })
    let outcome = BaselineCheck().outcome(of: run, cells: cells, against: baseline)
    #expect(outcome.findings.map(\.scope) == [.input("b"), .input("a"), .input("c")])
  }

  @Test func theCodesAreThoseOfTheManual() {
    #expect(BaselineCheck.Exit.allCases.map(\.rawValue) == [0, 1, 2, 4, 5, 6])
  }
}
