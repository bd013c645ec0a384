import BPBCore
import RunRecords
import Testing

@Suite struct BaselineUpdateTests {
  static let inputs = [BaselineSamples.Input(path: "a"), BaselineSamples.Input(path: "b")]

  @Test func whatWasMeasuredTakesThePlaceOfWhatWasThere() throws {
    let kept = [
      BaselineSamples.row("gone", method: "xz:6"), BaselineSamples.row(nil, policy: "solid"),
    ]
    let old = Baseline(
      kept + [BaselineSamples.row("a", coded: 400), BaselineSamples.row("gone")])
    let run = BaselineSamples.run(Self.inputs)
    let update = try old.updated(with: run, cells: BaselineSamples.cells(of: run) { _, _ in 500 })
    #expect(
      update.baseline
        == Baseline(kept + [BaselineSamples.row("a"), BaselineSamples.row("b")]))
    #expect(
      update.changes == [
        .changed(from: BaselineSamples.row("a", coded: 400), to: BaselineSamples.row("a")),
        .added(BaselineSamples.row("b")), .removed(BaselineSamples.row("gone")),
      ])
  }

  @Test func aSecondUpdateChangesNothing() throws {
    let run = BaselineSamples.run(Self.inputs, methods: ["zlib:9", "xz:6"])
    let cells = BaselineSamples.cells(of: run) { _, _ in 500 }
    let first = try Baseline().updated(with: run, cells: cells)
    #expect(first.changes.count == 4)
    let second = try first.baseline.updated(with: run, cells: cells)
    #expect(second.changes.isEmpty && second.baseline == first.baseline)
  }

  @Test func aRunThatFailedOrWasStoppedMakesNoBaseline() {
    let run = BaselineSamples.run(Self.inputs)
    let whole = BaselineSamples.cells(of: run) { _, _ in 500 }
    for spoil in BaselineCheckTests.spoilt {
      var cells = whole
      spoil.change(&cells)
      let error = #expect(throws: BPBError.self) { try Baseline().updated(with: run, cells: cells) }
      #expect(error?.code == .methodFailed && error?.subject == "method 'zlib:9'")
    }
  }
}
