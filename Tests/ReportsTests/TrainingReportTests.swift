import Charts
import Reports
import RunRecords
import Testing
import _TestSupport

/// Training logs, made by hand.
enum TrainingSample {
  static let run: RunRecord = {
    var run = SampleRun.run
    (run.policy, run.scale) = (TrainingRecord.policy, nil)
    run.corpus = CorpusRecord(
      files: [.init(path: "corpus.txt", bytes: 1_000_000, sha256: "sha")], bytes: 1_000_000,
      sha256: "0123456789abcdef")
    run.methods = [
      MethodRecord(
        name: "gru:width=32", version: "1", modelBytes: 0, decoderBytes: nil, framing: nil)
    ]
    return run
  }()

  /// A log of `count` lines of ten steps each, whose tune part is measured at every second one.
  static func log(
    _ method: String = "gru:width=32", seed: UInt64 = 1, corpus: String? = nil, count: Int = 40,
    train: (Double) -> Double, tune: (Double) -> Double
  ) -> [RecordLine] {
    (1...count).map { index in
      let share = Double(index) / Double(count)
      return .training(
        TrainingRecord(
          run: run.run, method: method, version: "1", corpus: corpus ?? run.corpus.sha256,
          seed: seed, options: "batch=16", step: 10 * index, bytes: 40_960 * index,
          trainLoss: train(share), tuneLoss: index % 2 == 0 ? tune(share) : nil,
          learningRate: 0.002, seconds: 1.5 * Double(index)))
    }
  }

  static let overFitting = log(
    train: { 5 - 3 * $0 }, tune: { 2.5 + 4 * ($0 - 0.5) * ($0 - 0.5) })

  static func report(_ lines: [RecordLine]) -> [TrainingReport] {
    TrainingReport.all(in: Records([.run(run)] + lines))
  }
}

@Suite struct TrainingReportTests {
  @Test func aLogIsOneReport() throws {
    let reports = TrainingSample.report(TrainingSample.overFitting)
    #expect(reports.count == 1 && reports[0].curves.map(\.label) == ["gru:width=32"])
    let curve = try #require(reports.first?.curves.first)
    #expect(curve.best?.step == 200 && curve.last.step == 400)
    #expect(curve.verdict == .overFits(since: 200, lowest: 2.5, last: 3.5))
    #expect(Comparison.all(in: Records([.run(TrainingSample.run)])).isEmpty)
    #expect(TrainingSample.report([]).isEmpty)
  }

  @Test func trainingsOfOneNetworkAreToldApart() {
    let again = TrainingSample.log(seed: 2, train: { _ in 2 }, tune: { _ in 2 })
    let elsewhere = TrainingSample.log(corpus: "other", train: { _ in 2 }, tune: { _ in 2 })
    let reports = TrainingSample.report(TrainingSample.overFitting + again + elsewhere)
    #expect(
      reports.map { $0.curves.map(\.label) } == [
        [
          "gru:width=32, seed 1, batch=16, version 1", "gru:width=32, seed 2, batch=16, version 1",
        ]
      ])
  }

  @Test func shortLabelsTellApart() {
    let names = ["gru:width=8:layers=1", "gru:width=9:layers=1", "mlp:context=4:width=8"]
    let lines = names.flatMap { TrainingSample.log($0, train: { _ in 2 }, tune: { _ in 2 }) }
    #expect(
      TrainingSample.report(lines)[0].curves.map(\.shortLabel) == [
        "gru:width=8", "gru:width=9", "mlp",
      ])
  }

  @Test(arguments: ReportFormat.allCases) func formsAreAsBefore(form: ReportFormat) {
    let short = TrainingSample.log(
      "mlp:context=4", count: 4, train: { 8 - $0 }, tune: { 8 - $0 })
    let report = TrainingSample.report(TrainingSample.overFitting + short)[0]
    #expect(
      Snapshot.failure(
        of: form.text(of: report, width: 80, color: false), named: "training-\(form.rawValue)")
        == nil)
  }

  @Test func thePageShowsBothLossesAndSaysWhatTheyMean() {
    let reports = TrainingSample.report(TrainingSample.overFitting)
    let source = ReportPage(ReportOptions()).render([], [], reports)
    let reader = MarkupReader(source)
    #expect(reader.faults.isEmpty, "\(reader.faults)")
    #expect(reader.text.contains("over-fits since step 200"))
    #expect(reader.text.contains("2.5000 to 3.5000"))
    #expect(reader.text.contains("How a network learned from 1,000,000 bytes"))
    #expect(reader.text.contains("of the tune part") && !reader.text.contains("unseen"))
    #expect(reader.text.contains("0123456789abcdef"))
  }

  @Test func theChartHasALineForEachLoss() {
    let chart = TrainingCharts(TrainingSample.report(TrainingSample.overFitting)[0]).entries[0]
      .chart
    #expect(chart.series.map(\.points.count) == [40, 20])
    #expect(chart.series[1].points.compactMap(\.label) == ["2.5000"])
    #expect(chart.series[1].points.last.map { [$0.x, $0.y] } == [1_638_400, 3.5])
    #expect(chart.referenceLines.map(\.value) == [819_200])
    let falling = TrainingSample.log(train: { 5 - $0 }, tune: { 5 - $0 })
    let other = TrainingCharts(TrainingSample.report(falling)[0]).entries[0].chart
    #expect(other.referenceLines.map(\.label) == ["under-fits: still falling here"])
    let brief = TrainingSample.log(count: 4, train: { 5 - $0 }, tune: { 5 - $0 })
    let short = TrainingCharts(TrainingSample.report(brief)[0]).entries[0].chart
    #expect(short.referenceLines.isEmpty)
  }

  /// Before its first step a network has a loss too, which is where its curve begins.
  @Test func theCurveBeginsBeforeTheFirstStep() throws {
    var first = try #require(
      TrainingSample.report(TrainingSample.overFitting)[0].curves[0].records.first)
    (first.step, first.bytes, first.trainLoss, first.tuneLoss) = (0, 0, nil, 8.5)
    let report = TrainingSample.report([.training(first)] + TrainingSample.overFitting)[0]
    let chart = TrainingCharts(report).entries[0].chart
    let drawing = SVGRenderer().render(chart)
    #expect(chart.series[1].points.first.map { [$0.x, $0.y] } == [0, 8.5])
    #expect(!drawing.contains("left out"), "\(drawing)")
  }

  /// What a page can show of ten thousand lines is as much as of some hundred.
  @Test func longLogsArePooled() {
    let long = TrainingSample.log(count: 10_000, train: { 4 - $0 }, tune: { 4 - $0 })
    let chart = TrainingCharts(TrainingSample.report(long)[0]).entries[0].chart
    let points = chart.series[0].points
    #expect(points.count > 290 && points.count <= 301)
    #expect(points.last?.x == 409_600_000)
    let mean = points.map(\.y).reduce(0, +) / Double(points.count)
    #expect(abs(mean - 3.5) < 0.01)
  }

  @Test func namesFromARecordsFileDoNoHarm() {
    let evil = "-evil|`<i>@all\u{202E}</i>\u{1B}]0;x\u{7}\n=1+1"
    let report = TrainingSample.report(
      TrainingSample.log(evil, train: { 8 - $0 }, tune: { 8 - $0 }))
    for form in ReportFormat.allCases {
      let text = form.text(of: report[0], width: 60, color: false)
      let harmful = text.unicodeScalars.filter { scalar in
        (scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\r")
          || scalar == "\u{202E}"
      }
      #expect(harmful.isEmpty, "\(form)")
    }
    let page = MarkupReader(ReportPage(ReportOptions()).render([], [], report))
    #expect(page.faults.isEmpty)
  }
}
