import Reports
import RunRecords
import Testing

@Suite struct ComparisonTests {
  private static let comparison = SampleRun.comparison

  private func row(_ name: String, in comparison: Comparison = comparison) throws -> ComparisonRow {
    try #require(comparison.rows.first { $0.method.name == name })
  }

  @Test func sumsAreTotalBitsOverTotalBytes() throws {
    let row = try row("zlib:9")
    let coded = SampleRun.files.reduce(0) { $0 + Int(Double($1.bytes) * 0.3555) + 6 }
    #expect(row.bytes == 218_626 && row.codedBytes == coded && row.framingBytes == 30)
    #expect(row.bitsPerByte == Double(8 * coded) / 218_626)
    #expect(row.ratio == 218_626 / Double(coded))
    #expect(row.isSound && row.verification == .verified && row.memoryBytes == 268_352)
    #expect(row.files.map(\.path) == SampleRun.files.map(\.path))
    #expect(row.files[1].bitsPerByte == nil && row.files[1].codedBytes == 6)
  }

  @Test func failedAndIncompleteRowsAreNeverBestAndComeLast() throws {
    let order = Self.comparison.rows(by: .bitsPerByte).map(\.method.name)
    #expect(order.prefix(4) == ["ngram:5:memory=64MiB", "zlib:9", "zlib:1", "store"])
    #expect(order.suffix(3) == ["xz:9e", "liar", SampleRun.hostile.name])
    #expect(Self.comparison.rows.filter(\.isBest).map(\.method.name) == ["ngram:5:memory=64MiB"])
    #expect(try row("xz:9e").isComplete == false)
    #expect(try row("xz:9e").measuredCount == 3)
    #expect(try row("liar").verification == .failed)
    #expect(try row("liar").failures.map(\.path) == ["./alice29.txt"])
    #expect(try row(SampleRun.hostile.name).codedBytes == nil)
  }

  @Test func everyOrderKeepsAllRows() {
    let names = { Self.comparison.rows(by: $0).map(\.method.name) }
    #expect(names(.given) == SampleRun.run.methods.map(\.name))
    #expect(names(.name) == SampleRun.run.methods.map(\.name).sorted())
    #expect(names(.speed).prefix(4) == ["store", "zlib:1", "zlib:9", "ngram:5:memory=64MiB"])
    #expect(names(.decode).suffix(2) == [SampleRun.hostile.name, "liar"])
    #expect(names(.memory).prefix(4) == ["store", "zlib:9", "zlib:1", "ngram:5:memory=64MiB"])
    for order in ComparisonOrder.allCases { #expect(Set(names(order)) == Set(names(.given))) }
  }

  @Test func kindsOfLengthAreNotRankedAgainstEachOther() {
    var run = SampleRun.run
    run.methods = [SampleRun.zlib, SampleRun.store]
    let cells = SampleRun.cells.map { cell in
      var cell = cell
      if cell.method == "store" { cell.kind = "ideal" }
      return cell
    }
    #expect(Comparison(run: run, cells: cells).rows.map(\.isBest) == [true, true])
  }

  @Test func cellsCountByWhatTheyMeasuredAndTheLaterWins() throws {
    var other = SampleRun.cell(SampleRun.zlib, 0, share: 0.1)
    other.run = "ffffffffffffffff"
    #expect(
      try row("zlib:9", in: Comparison(run: SampleRun.run, cells: SampleRun.cells + [other]))
        .files[0].codedBytes == other.codedBytes)
    other.version = "1.3"
    other.sha256 = "changed"
    let same = Comparison(run: SampleRun.run, cells: SampleRun.cells + [other])
    #expect(same == Self.comparison)
  }

  @Test func timesAreMediansAndSpreadIsOverRepetitions() throws {
    var run = SampleRun.run
    run.methods = [SampleRun.zlib]
    run.corpus.files = Array(run.corpus.files.prefix(2))
    var cells = [0, 1].map { SampleRun.cell(SampleRun.zlib, $0, share: 0.5) }
    cells[0].encodeSeconds = [3, 1, 2]
    cells[1].encodeSeconds = [10, 20, 60, 30]
    cells[1].decodeSeconds = []
    let row = Comparison(run: run, cells: cells).rows[0]
    #expect(row.encoding.seconds == 27.0)
    #expect(row.encoding.samples == [13, 21, 62])
    #expect(row.encoding.spread == (62 - 13) / 21.0)
    #expect(row.encodeSpeed == 152_089 / 27.0)
    #expect(row.decoding.seconds == nil && row.decodeSpeed == nil)
  }

  @Test func aSolidStreamIsOneCell() throws {
    #expect(SampleRun.solid.rows.map(\.expectedCount) == [1, 1])
    let row = try row("zlib:9", in: SampleRun.solid)
    #expect(row.isSound && row.codedBytes == 45_632 && row.verification == .notChecked)
    #expect(row.files.allSatisfy { $0.codedBytes == nil })
  }

  @Test func hugeCountsAreHeldAndNotTrapped() throws {
    let cells = SampleRun.cells.map { cell in
      var cell = cell
      cell.bytes = .max
      cell.codedBytes = .max
      return cell
    }
    var run = SampleRun.run
    for index in run.corpus.files.indices { run.corpus.files[index].bytes = .max }
    let comparison = Comparison(run: run, cells: cells)
    #expect(try row("zlib:9", in: comparison).codedBytes == .max)
    for format in ReportFormat.allCases {
      let options = ReportOptions(perFile: true)
      #expect(!format.renderer(options, width: 80, color: true).render(comparison).isEmpty)
    }
  }

  @Test func runsOnOneCorpusAreOneComparisonOfAllTheirMethods() {
    var second = SampleRun.run
    second.run = "1111111111111111"
    var upgraded = SampleRun.zlib
    upgraded.version = "1.3"
    second.methods = [SampleRun.xz, upgraded]
    var solid = second
    solid.policy = "solid"
    let lines = [RecordLine.run(SampleRun.run), .run(second), .run(solid)]
    let all = Comparison.all(in: Records(lines + SampleRun.cells.map(RecordLine.cell)))
    #expect(all.map(\.run.policy) == ["per-file", "solid"])
    #expect(all[0].rows.count == 8 && all[0].run.run == second.run)
    #expect(all[0].rows[1].label == "zlib:9 (1.2.13)" && all[0].rows[7].label == "zlib:9 (1.3)")
    #expect(all[0].rows[1].isSound && all[0].rows[7].cellCount == 0)
  }
}
