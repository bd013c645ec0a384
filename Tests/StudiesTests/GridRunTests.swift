import BPBCore
import Evidence
import Measuring
import NeuralModels
import RunRecords
import Synchronization
import Testing

@testable import Studies

/// Rows of the smallest network after a few steps each.
@Suite struct GridRunTests {
  private static let text: StudyText = {
    func sentences(_ count: Int, _ seed: UInt64) -> [UInt8] {
      try! GridSource.sentences(count, seed: seed)
    }
    return StudyText(
      training: sentences(8300, 5), tune: sentences(600, 6), test: sentences(2300, 7),
      stream: "stream")
  }()

  private static func row(rate: Double = 0.5, seed: UInt64 = 1) -> GridRow {
    GridRow(
      source: .corpus, family: .transformer, size: "3k", rate: rate, seed: seed,
      data: [4096, 6144])
  }

  /// What a row gives until it ends or is stopped, and the steps that were taken.
  private struct Outcome {
    struct Given: Equatable {
      var name: String
      var figures: [String: Double]
      var series: [String: [Double]]
    }
    var given: [Given] = []
    var steps = 0
    var error: BPBError?
  }

  private final class Steps: Sendable {
    let count = Mutex(0)
  }

  /// Measures `row` as one that is kept after every second step, until so many steps were taken.
  private static func measure(
    _ row: GridRow = row(), known: [Outcome.Given] = [], shelf: MemoryShelf? = nil,
    stoppedAfter stop: Int = .max
  ) -> Outcome {
    let steps = Steps()
    let bench = StudyBench(text: text, known: Set(known.map(\.name)), shelf: shelf) {
      () throws(BPBError) in
      let taken = steps.count.withLock {
        $0 += 1
        return $0
      }
      if taken >= stop { throw BPBError(.cancelled, "stopped") }
    }
    var outcome = Outcome()
    do throws(BPBError) {
      try GridRun(row: row, bench: bench, interval: 2, worthKeeping: 0).measure {
        name, measured throws(BPBError) in
        outcome.given.append(
          .init(name: name, figures: measured.figures, series: measured.series))
      }
    } catch {
      outcome.error = error
    }
    outcome.steps = steps.count.withLock { $0 }
    return outcome
  }

  private static let whole = measure()

  // MARK: What a row is

  @Test func pointsShareATrunk() {
    let row = Self.row()
    #expect(row.plan.batchBytes == GridRow.batchBytes)
    // The first steps read a quarter of a batch.
    #expect([row.branch(0), row.branch(1)] == [6..<8, 9..<12])
    #expect(row.figures(1)["trunk_data"] == 4608)
    #expect(Self.whole.steps == 9 + 2 + 3, "the trunk's once, and those of each cool-down")
    let flops = GridFamily.transformer.architecture("3k")!.trainingFLOPsPerByte(time: 256)
    #expect(row.operations(1) - row.operations(0) == (6144 - 3072 - 4096) * flops)
    #expect(row.plan.growth.first! > 0)
    #expect(row.steadyPlan(whole: true).bytes(steps: 3) == 3 * GridRow.batchBytes)
    #expect(row.steadyPlan(whole: false).bytes(steps: 3) < 3 * GridRow.batchBytes)
    #expect(row.updateOperations(0) + row.updateOperations(1) == 14 * row.plan.updateFLOPs)
  }

  /// A step takes 2 ms and each byte 1 us.
  @Test func trialsTellStepsFromBytes() {
    let trial = GridTrial(whole: (2000, 0.004), small: (500, 0.0025))
    #expect(abs(trial.seconds(bytes: 10_000, steps: 5) - 0.02) < 1e-9)
    let noisy = GridTrial(whole: (2000, 0.004), small: (500, 0.005))
    #expect(noisy.secondsPerByte == 0 && noisy.secondsPerStep == 0.004)
    let steep = GridTrial(whole: (2000, 0.004), small: (500, 0.0005))
    #expect(steep.secondsPerStep == 0 && steep.secondsPerByte == 0.000002)
  }

  @Test func namesSayAllThatAPointDependsOn() {
    let row = Self.row()
    #expect(
      row.cell(GridPace()).names == [
        "text=corpus family=transformer size=3k rate=0.5 seed=1 data=4096",
        "text=corpus family=transformer size=3k rate=0.5 seed=1 data=6144",
      ])
    #expect(row.cell(GridPace()).threads == 1)
    let large = GridRow(
      source: .corpus, family: .transformer, size: "3M", rate: 0.01, seed: 1, data: [4096])
    #expect(large.cell(GridPace()).threads > 1)
  }

  @Test func whatWasLostIsThatOfTheTestPart() throws {
    try #require(Self.whole.error == nil && Self.whole.given.count == 2)
    for (given, data) in zip(Self.whole.given, [4096.0, 6144]) {
      let bits = try #require(given.series["test"])
      let loss = try #require(given.figures["test"])
      #expect(bits.count == 2, "stretches of 2 KiB")
      #expect(abs(loss - bits.reduce(0, +) / 2300) < 1e-12)
      #expect((3...8.4).contains(loss))
      #expect(given.figures["trunk_test"] != loss, "the trunk has not cooled down")
      #expect(given.figures["trunk_data"]! < data)
      #expect(given.figures["parameters"] == 2840)
      #expect(given.figures["tune"]! > 0)
    }
    #expect(Self.whole.given[1].figures["test"]! < Self.whole.given[0].figures["test"]!)
    #expect(Self.measure(Self.row(seed: 2)).given[0].series != Self.whole.given[0].series)
  }

  // MARK: Once and again

  private func records(_ row: GridRow, threads: Int) throws -> [StudyCellRecord] {
    let plan = StudyPlan([row.cell(GridPace())], on: Self.text)
    let context = StudyContext(
      run: "r", clock: StandingClock(), threads: threads, isCancelled: { false })
    var records: [StudyCellRecord] = []
    try plan.measure(plan.cells[0], after: Records(), in: context) { record throws(BPBError) in
      records.append(record)
    }
    return records
  }

  @Test func threadsChangeNothing() throws {
    let one = try records(Self.row(), threads: 1)
    #expect(one.count == 2 && one.allSatisfy { $0.error == nil })
    #expect(try records(Self.row(), threads: 2) == one)
    #expect(one.map(\.series) == Self.whole.given.map(\.series))
  }

  @Test func pointsThatAreKnownChangeNoOther() {
    let second = Self.measure(known: [Self.whole.given[0]])
    #expect(second.given == [Self.whole.given[1]])
    #expect(second.steps == 12)
    #expect(Self.measure(known: [Self.whole.given[1]]).given == [Self.whole.given[0]])
    #expect(Self.measure(known: Self.whole.given).steps == 0)
  }

  /// Stopped on the trunk, on either branch, and between them.
  @Test(arguments: [5, 7, 8, 10, 13])
  func aRowThatWasStoppedGoesOn(stop: Int) {
    let shelf = MemoryShelf()
    let first = Self.measure(shelf: shelf, stoppedAfter: stop)
    #expect(first.error?.code == .cancelled && first.steps == stop)
    let second = Self.measure(known: first.given, shelf: shelf)
    #expect(first.given + second.given == Self.whole.given)
    #expect(first.steps + second.steps <= Self.whole.steps + 4, "no more is lost than was not kept")
    #expect(shelf.names.isEmpty, "what is finished is not kept")
  }

  @Test func shortRowsAreNotWorthKeeping() throws {
    let shelf = MemoryShelf()
    let bench = StudyBench(text: Self.text, shelf: shelf) { () throws(BPBError) in }
    try GridRun(row: Self.row(), bench: bench, interval: 2, worthKeeping: 1000).measure {
      _, _ throws(BPBError) in
      #expect(shelf.names.isEmpty)
    }
  }

  // MARK: What is on the shelf

  private static let names = [row().name(0), row().name(4096), row().name(6144)]

  @Test func damagedCheckpointsAreIgnored() {
    let shelf = MemoryShelf()
    _ = Self.measure(shelf: shelf, stoppedAfter: 13)
    let trunk = shelf[Self.names[0]]!
    for bytes in [[], Array(trunk.dropLast(100)), trunk.map { $0 ^ 0xFF }] {
      let damaged = MemoryShelf(Self.names.map { ($0, bytes) })
      let outcome = Self.measure(shelf: damaged)
      #expect(outcome.given == Self.whole.given && outcome.steps == Self.whole.steps)
      #expect(damaged.names.isEmpty)
    }
  }

  @Test func checkpointsOfOtherRowsAreIgnored() {
    for other in [Self.row(seed: 2), Self.row(rate: 0.02)] {
      let shelf = MemoryShelf()
      _ = Self.measure(other, shelf: shelf, stoppedAfter: 5)
      let foreign = MemoryShelf(Self.names.map { ($0, shelf[other.name(0)]!) })
      let outcome = Self.measure(shelf: foreign)
      #expect(outcome.given == Self.whole.given && outcome.steps == Self.whole.steps)
    }
  }

  /// A trunk that is past the point that is asked for is no way to it.
  @Test func aTrunkThatIsTooFarIsIgnored() {
    let shelf = MemoryShelf()
    let first = Self.measure(shelf: shelf, stoppedAfter: 11)
    #expect(first.given.count == 1 && shelf.names == [Self.names[0]])
    let again = Self.measure(shelf: shelf)
    #expect(again.given == Self.whole.given && again.steps == Self.whole.steps)
  }

  /// A branch is of no use to another point, nor a trunk that has not got there.
  @Test func aCheckpointUnderAnotherNameIsIgnored() {
    let shelf = MemoryShelf()
    _ = Self.measure(shelf: shelf, stoppedAfter: 5)
    let early = MemoryShelf([(Self.names[2], shelf[Self.names[0]]!)])
    #expect(Self.measure(shelf: early).given == Self.whole.given)
  }

  // MARK: What goes wrong

  @Test func aRowThatDivergesIsMarkedAndNotAveragedIn() throws {
    let (good, bad) = (Self.row(), Self.row(rate: 1e9))
    let plan = StudyPlan([good.cell(GridPace()), bad.cell(GridPace())], on: Self.text)
    let lines = try plan.cells.flatMap { try plan.lines($0) }
    #expect(lines.map { $0.error == nil } == [true, true, false, false])
    #expect(lines[2].error!.hasPrefix("training diverged"))
    let results = StudyResults(plan.record, in: Records(lines.map { .study($0) }))
    #expect(results.failures.count == 2 && results.missing.isEmpty)
    let surface = try #require(GridSurfaces(results).corpus)
    #expect(surface.points.map(\.data) == [4096, 6144])
    #expect(surface.tunedPoints.allSatisfy { $0.rate == "0.5" })
  }

  @Test func aTextThatEndsBeforeTheDataIsRefused() throws {
    var row = Self.row()
    row = GridRow(
      source: row.source, family: row.family, size: row.size, rate: row.rate, seed: row.seed,
      data: [8192])
    let outcome = Self.measure(row)
    #expect(outcome.error?.code == .noInput && outcome.given.isEmpty)
  }
}

/// Checkpoints in memory.
private final class MemoryShelf: StudyShelf {
  private let bytes: Mutex<[String: [UInt8]]>

  init(_ bytes: [(String, [UInt8])] = []) {
    self.bytes = Mutex(Dictionary(uniqueKeysWithValues: bytes))
  }

  var names: [String] { bytes.withLock { $0.keys.sorted() } }
  subscript(name: String) -> [UInt8]? { bytes.withLock { $0[name] } }

  func kept(_ name: String) -> ModelBytes? { self[name].map { ModelBytes(copying: $0.span) } }

  func keep(
    _ name: String, _ write: ((Span<UInt8>) throws(BPBError) -> Void) throws(BPBError) -> Void
  ) {
    var written: [UInt8] = []
    do throws(BPBError) {
      try write { piece throws(BPBError) in written.append(piece) }
    } catch {
      return
    }
    bytes.withLock { [written] in $0[name] = written }
  }

  func drop(_ name: String) { bytes.withLock { $0[name] = nil } }
}
