import Evidence
import Reports
import RunRecords
import Testing
import _TestSupport

/// What reports say of frozen models.
@Suite struct HeldOutReportTests {
  private let comparison = HeldOutSample.comparison

  @Test func totalsAreBitsOverBytes() throws {
    let row = try #require(comparison.rows.first { $0.method == HeldOutSample.good })
    let figures = try #require(row.heldOut)
    let cells = HeldOutSample.cells.filter { $0.method == HeldOutSample.good.name }
    let bits = cells.compactMap(\.heldOut).reduce(0) { $0 + $1.bits }
    #expect(row.bitsPerByte == bits / 128_192 && row.isBest && row.isSound)
    #expect(abs((row.perplexity ?? 0) - 4.27) < 0.05)
    let interval = try #require(figures.interval)
    #expect(interval.low < bits / 128_192 && bits / 128_192 < interval.high)
    #expect(interval.high - interval.low < 0.2)
    #expect(figures.positions.map(\.bytes) == [192, 576, 128_192 - 768])
    #expect(figures.topOne == .init(right: 64_096, of: 128_192))
  }

  @Test func modelsAreNotCharged() throws {
    let rows = comparison.rows(by: .bitsPerByte)
    #expect(rows.map(\.method.name) == ["model:good.bpbm", "model:poor.bpbm"])
    #expect(rows.allSatisfy { !$0.leavesOutModel && $0.chargedBitsPerByte == $0.bitsPerByte })
  }

  @Test func whatWasTrainedOnIsSaid() {
    let warnings = comparison.warnings
    #expect(
      warnings.contains {
        $0.contains("WARNING: model:good.bpbm learned from seen:")
      })
    #expect(
      warnings.contains {
        $0.contains("learned from what stands word for word in partly (about 7.0%)")
      })
    #expect(!warnings.contains { $0.contains("new") })
  }

  @Test func modelsArePairedByBlock() {
    let table = TableRenderer(ReportOptions(), width: 200, color: false).render(comparison)
    #expect(
      table.contains(
        "model:poor.bpbm pays 1.0479 bits per byte more than model:good.bpbm, 95 % interval"))
  }

  @Test func idealLengthsAreNoOutput() {
    let table = TableRenderer(ReportOptions(), width: 200, color: false).render(comparison)
    #expect(!table.contains("verified") && !table.contains("coded") && !table.contains("ratio"))
  }

  @Test func everyForm() {
    let full = ReportOptions(perFile: true)
    for (name, text) in [
      ("heldout-80", TableRenderer(full, width: 80, color: false).render(comparison)),
      ("heldout-40", TableRenderer(ReportOptions(), width: 40, color: false).render(comparison)),
      ("heldout-markdown", MarkdownRenderer(full).render(comparison)),
      ("heldout-csv", CSVRenderer(full).render(comparison)),
      ("heldout-json", JSONRenderer(full).render(comparison)),
    ] {
      if let failure = Snapshot.failure(of: text, named: name) { Issue.record("\(failure)") }
    }
  }

  @Test func aRecordsFileGivesTheSameAndMixesNothing() {
    let coded = SampleRun.run
    let records = Records(
      [.run(coded), .run(HeldOutSample.run)] + HeldOutSample.cells.map(RecordLine.cell))
    let all = Comparison.all(in: records)
    #expect(all.count == 2 && all[1] == comparison)
  }
}

/// A codec that needs a model beside what it coded.
@Suite struct ChargedModelTests {
  private static let comparison: Comparison = {
    var run = SampleRun.run
    var model = SampleRun.zlib
    (model.name, model.modelBytes) = ("model:a.bpbm", 100_000)
    run.methods = [model, SampleRun.zlib]
    return Comparison(
      run: run,
      cells: run.corpus.files.indices.flatMap {
        [
          SampleRun.cell(model, $0, share: 0.1, framing: 0),
          SampleRun.cell(SampleRun.zlib, $0, share: 0.4),
        ]
      })
  }()

  @Test func itIsRankedWithItsModel() throws {
    let rows = Self.comparison.rows(by: .bitsPerByte)
    #expect(rows.map(\.method.name) == ["zlib:9", "model:a.bpbm"])
    #expect(rows.map(\.isBest) == [true, false])
    let model = rows[1]
    let coded = try #require(model.codedBytes)
    #expect(model.leavesOutModel && model.bitsPerByte == Double(8 * coded) / 218_626)
    #expect(model.chargedBitsPerByte == Double(8 * (coded + 100_000)) / 218_626)
  }

  @Test func theUnchargedRateIsMarked() {
    let table = TableRenderer(ReportOptions(), width: 200, color: false).render(Self.comparison)
    #expect(table.contains("0.7999†") && table.contains("4.4592"))
    #expect(table.contains("† without the model"))
    let markdown = MarkdownRenderer(ReportOptions()).render(Self.comparison)
    #expect(markdown.contains("0.7999†"))
  }
}
