import Evidence
import Reports
import RunRecords

/// What networks pay after one pass for what they have seen, beside what other networks pay for it.
struct SeenFindings {
  private let results: StudyResults
  private let sizes: [String]

  init(_ results: StudyResults) {
    self.results = results
    sizes = results.values(of: "size", in: results.cells(where: ["arm": "seen", "epochs": "1"]))
  }

  private func cells(_ size: String) -> [StudyCellRecord] {
    results.cells(where: ["arm": "seen", "epochs": "1", "size": size])
  }

  /// What was seen less what was not, over seeds and blocks.
  private func difference(_ size: String) -> BootstrapDistribution? {
    results.difference(
      of: cells(size).compactMap { cell in
        Self.replicate(cell, SeenRun.seen).flatMap { seen in
          Self.replicate(cell, SeenRun.unseen).map { (first: seen, second: $0) }
        }
      })
  }

  private static func replicate(_ cell: StudyCellRecord, _ series: String) -> Replicate? {
    cell.series[series].map { bits in
      Replicate(blocks: bits.map { BlockCost(bits: $0, bytes: Double(SeenRun.blockSize)) })
    }
  }

  var answers: [StudyAnswer] {
    [StudyAnswer(OverfitStudy.noTrace, sizes.last.flatMap(difference), results)]
  }

  var reading: [String] {
    sizes.compactMap { size in
      difference(size).map {
        "\(size): after one pass a byte that was seen costs \(NumberFormat.fixed(-$0.estimate, decimals: 3)) bits less than it costs "
          + "a network that saw others instead: that much is kept of the text itself."
      }
    }
  }

  var table: ReportTable {
    ReportTable(
      kind: .study, title: "What has been seen once, beside what has not",
      note:
        "Two networks of a size learned from the same text by turns. Not seen: the same stretches under the other network, so "
        + "that the difference is no matter of difficulty.",
      heads: ["size", "bytes", "seen", "not seen", "test", "difference", "95 % interval"],
      rows: sizes.map(row))
  }

  private func row(_ size: String) -> [String] {
    let cells = cells(size)
    let estimate = difference(size)?.estimate()
    return [size, NumberFormat.whole(cells.compactMap { $0.number("bytes") }.mean)]
      + ["seen", "unseen", "test"].map { NumberFormat.fixed(cells.mean($0), decimals: 3) }
      + [
        NumberFormat.fixed(estimate?.value, decimals: 4),
        NumberFormat.interval(estimate?.interval, decimals: 4),
      ]
  }
}
