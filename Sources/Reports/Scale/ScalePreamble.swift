import BPBCore
import RunRecords

/// The sentences before the figures of a scale report: what was measured, and what is missing.
struct ScalePreamble {
  let summary: ScaleSummary

  private var plan: ScaleRecord { summary.plan }

  var sentences: [String] {
    [corpus, Self.units, parts] + overlap + source + summary.rows.flatMap(missing)
  }

  private var corpus: String {
    let corpus = summary.run.corpus
    let name = corpus.files.count == 1 ? SafeText.printable(corpus.files[0].path) + ": " : ""
    return name
      + [
        NumberFormat.count(corpus.files.count, "file", "files"),
        NumberFormat.count(corpus.bytes, "byte", "bytes"),
        "corpus sha256 " + SafeText.printable(String(corpus.sha256.prefix(12))),
        "one stream, order and split by seed \(plan.seed)",
      ].joined(separator: ", ") + "."
  }

  private static let units =
    "D is the number of bytes read so far; fewer bits per byte is better, 8 is no compression."

  private var parts: String {
    guard plan.heldOutBytes > 0 else {
      return "The corpus is too small for a held-out part: there are no held-out figures."
    }
    return "D counts the bytes from the start of the training part, which has "
      + "\(NumberFormat.grouped(plan.trainingBytes)); the held-out part has "
      + "\(NumberFormat.grouped(plan.heldOutBytes)) and ends the stream."
  }

  private var overlap: [String] {
    guard let overlap = plan.overlap else { return [] }
    let share = NumberFormat.percent(overlap.share)
    let found = "\(share) of the held-out part's \(overlap.width)-byte stretches occur in training."
    return [found]
  }

  private var source: [String] {
    guard let source = plan.source else { return [] }
    let low = NumberFormat.fixed(source.entropyLow, decimals: 4)
    let high = NumberFormat.fixed(source.entropyHigh, decimals: 4)
    let rate = low == high ? low : "\(low) to \(high)"
    return [
      "Drawn from \(SafeText.printable(source.name)), whose entropy rate is \(rate) bits per byte."
    ]
  }

  private func missing(_ row: ScaleRow) -> [String] {
    guard row.failures.isEmpty else {
      return row.failures.map { "\(row.label) failed: \($0)" }
    }
    guard let last = row.coded.points.last else { return ["\(row.label): not measured."] }
    guard let wanted = plan.sizes.last, last.bytes < wanted else { return [] }
    return ["\(row.label) was measured up to D = \(NumberFormat.grouped(last.bytes)) only."]
  }
}
