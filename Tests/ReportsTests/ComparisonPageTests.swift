import BPBCore
import Reports
import RunRecords
import Testing
import _TestSupport

@Suite struct ComparisonPageTests {
  private func text(
    _ comparisons: [Comparison], _ options: ReportOptions = ReportOptions()
  ) -> (source: String, reader: MarkupReader) {
    let source = ReportPage(options).render(comparisons)
    return (source, MarkupReader(source))
  }

  private func names(_ comparison: Comparison, showsSpeed: Bool = true) -> [String] {
    ComparisonCharts(comparison, ReportOptions(showsSpeed: showsSpeed)).entries.map(\.name)
  }

  @Test func pagesAreWellFormed() {
    for comparisons in [
      [SampleRun.comparison], [SampleRun.timed], [SampleRun.solid],
      [SampleRun.comparison, SampleRun.solid], [],
    ] {
      let (source, reader) = text(comparisons)
      #expect(reader.faults.isEmpty, "\(reader.faults)")
      #expect(source.utf8.count < 1_000_000)
    }
  }

  @Test func everythingThatWasMeasuredIsThere() {
    let (_, reader) = text([SampleRun.comparison])
    for row in SampleRun.comparison.rows {
      #expect(reader.text.contains(row.label))
      for file in row.files { #expect(reader.text.contains(file.path)) }
    }
    let run = SampleRun.run
    for fact in [run.corpus.sha256, "bpb compare ./x", run.bpbVersion, run.started, "5.4.1"] {
      #expect(reader.text.contains(fact), "\(fact)")
    }
    #expect(reader.text.contains("exit code 3: \"no, sir\""), "failures are told")
  }

  @Test func whatWasTimedInCompanySaysSo() {
    let (_, approximate) = text([SampleRun.comparison])
    #expect(approximate.text.contains("Speeds are approximate"))
    #expect(approximate.text.contains("MB/s, approximately"), "each value says so too")
    let (_, alone) = text([SampleRun.timed])
    #expect(!alone.text.contains("approximate") && alone.text.contains("timed alone"))
  }

  @Test func withoutSpeedsEqualSizesGiveEqualPages() {
    var (run, cells) = (SampleRun.run, SampleRun.cells)
    (run.run, run.started, run.command) = ("ffff", "2030-01-01T00:00:00Z", ["bpb", "elsewhere"])
    cells = cells.map { cell in
      var cell = cell
      (cell.run, cell.encodeSeconds, cell.memoryBytes) = ("ffff", [1.0], 12)
      return cell
    }
    let options = ReportOptions(showsSpeed: false)
    let other = text([Comparison(run: run, cells: cells)], options).source
    #expect(text([SampleRun.comparison], options).source == other)
    #expect(text([SampleRun.comparison]).source != other)
  }

  @Test func chartsAreThoseThatSaySomething() {
    #expect(names(SampleRun.comparison) == ComparisonCharts.names)
    #expect(names(SampleRun.comparison, showsSpeed: false) == ["methods", "files"])
    // One method has nothing to be compared with, and single files have no figures.
    #expect(names(SampleRun.solid) == ["methods"])
    #expect(names(Comparison(run: SampleRun.run, cells: [])) == [])
  }

  @Test func methodsThatFailedHaveNoPlaceInCharts() {
    let charts = ComparisonCharts(SampleRun.comparison, ReportOptions()).entries
    let labels = charts[1].chart.series.flatMap(\.points).compactMap(\.label)
    #expect(labels == ["ngram:5:memory=64MiB", "zlib:9", "zlib:1"])
    #expect(charts[1].chart.subtitle?.contains("Off the chart: store (8.0000 at") == true)
  }

  /// A corpus of ten thousand files under eight methods.
  @Test func manyFilesDoNotMakeALargePage() {
    var run = SampleRun.run
    run.corpus.files = (0..<10_000).map { index in
      .init(
        path: "some/directory/of/many/file-\(index).txt", bytes: 2000 + index * 7919 % 10_000,
        sha256: "\(index)")
    }
    run.corpus.bytes = run.corpus.files.reduce(0) { $0 + $1.bytes }
    run.methods = (0..<8).map { index in
      .init(name: "m:\(index)", version: "1", modelBytes: 0, decoderBytes: nil, framing: nil)
    }
    let cells = run.methods.flatMap { method in
      run.corpus.files.map { file in
        var cell = SampleRun.cell(SampleRun.zlib, 0, share: 0.3)
        (cell.method, cell.version, cell.path) = (method.name, method.version, file.path)
        (cell.sha256, cell.bytes, cell.codedBytes) = (file.sha256, file.bytes, file.bytes / 3)
        return cell
      }
    }
    let (source, reader) = text([Comparison(run: run, cells: cells)])
    #expect(source.utf8.count < 1_000_000)
    #expect(reader.text.contains("largest of 10,000 files"))
    let chart = ComparisonCharts(Comparison(run: run, cells: cells), ReportOptions()).entries.last?
      .chart
    #expect(chart?.series.count == 6 && chart?.series.first?.points.count == 12)
  }
}
