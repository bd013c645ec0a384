import Reports
import RunRecords
import Testing

/// Rows whose coded bytes hold a model.
@Suite struct TwoPartReportTests {
  private static let comparison: Comparison = {
    var run = SampleRun.run
    var network = SampleRun.zlib
    (network.name, network.parameters, network.modelHash) = ("neural:3k", 2840, "abc")
    run.methods = [network, SampleRun.zlib]
    return Comparison(
      run: run,
      cells: run.corpus.files.indices.flatMap { index in
        var sent = SampleRun.cell(network, index, share: 0.6, framing: 4)
        if sent.bytes > 10 { sent.sentModelBytes = sent.bytes / 10 }
        if index == 0 { sent.trainedOn = true }
        return [sent, SampleRun.cell(SampleRun.zlib, index, share: 0.4)]
      })
  }()

  private var row: ComparisonRow { Self.comparison.rows[0] }

  @Test func theCodedBytesAreToldApart() throws {
    // A tenth of 152,089, of 1000 and of 65,536.
    let sent = 15_208 + 100 + 6_553
    #expect(row.sentModelBytes == sent && row.framingBytes == 20)
    let coded = try #require(row.codedBytes)
    #expect(row.residualBytes == coded - sent - 20)
    #expect(!row.leavesOutModel && row.chargedBitsPerByte == row.bitsPerByte)
    #expect(Self.comparison.rows[1].sentModelBytes == nil)
    #expect(Self.comparison.rows[1].residualBytes == nil)
  }

  @Test func reportsShowTheParts() {
    let table = TableRenderer(ReportOptions(), width: 200, color: false).render(Self.comparison)
    #expect(table.contains("21,861") && table.contains("2,840"))
    #expect(table.contains("'sent model'") && !table.contains("†"))
    #expect(table.contains("WARNING: neural:3k learned from ./alice29.txt"))
    let json = JSONRenderer(ReportOptions()).render(Self.comparison)
    #expect(json.contains("\"two_part\"") && json.contains("\"model_sha256\": \"abc\""))
    #expect(json.components(of: "\"two_part\"") == 1)
  }
}

extension String {
  /// How often `part` stands in the text.
  fileprivate func components(of part: String) -> Int {
    indices.count { self[$0...].hasPrefix(part) }
  }
}
