import BPBCore
import Evidence
import RunRecords

/// What every scale run is asked, fixed before it: whether ten times the data still helps a model, and
/// whether a compressor has stopped gaining from more data once it has seen 32 KiB, zlib's window.
struct ScaleClaims {
  let summary: ScaleSummary

  /// A little under 32 KiB, so that a size that nearly fills zlib's window counts as one that does.
  private static let window = 32_000

  /// The verdicts, each with its method's label; none without a self-check that passed.
  func verdicts() -> [(method: String, verdict: Verdict)] {
    guard let pass = SelfCheckPass(summary.plan.selfCheck.map { .init($0.name, passed: $0.passed) })
    else { return [] }
    var generator = SeededGenerator(seed: summary.plan.seed)
    let results = summary.rows.compactMap { row in
      result(for: row, using: &generator).map { (row.label, $0) }
    }
    let verdicts = Claim.verdicts(on: results.map(\.1), given: pass)
    return zip(results, verdicts).map { ($0.0, $1) }
  }

  private func result(
    for row: ScaleRow, using generator: inout SeededGenerator
  ) -> (claim: Claim, distribution: BootstrapDistribution)? {
    row.heldOut.points.isEmpty
      ? settling(of: row, using: &generator) : learning(of: row, using: &generator)
  }

  /// Paired on the held-out blocks, by the model that learned from the stream's first bytes.
  private func learning(
    of row: ScaleRow, using generator: inout SeededGenerator
  ) -> (claim: Claim, distribution: BootstrapDistribution)? {
    guard let (before, last) = row.heldOut.lastTenfold,
      let more = row.heldOutReplicateOfStream(after: last.bytes),
      let less = row.heldOutReplicateOfStream(after: before.bytes),
      let drawn = Bootstrap().distribution(
        ofDifference: [less], minus: [more], blocks: .own, using: &generator)
    else { return nil }
    let claim = Claim(
      "what \(row.label) saves on the held-out part by learning from "
        + "\(NumberFormat.grouped(last.bytes)) bytes instead of "
        + "\(NumberFormat.grouped(before.bytes)), in bits per byte,", expects: .increase)
    return (claim, drawn)
  }

  /// Paired by window, each of which is other text.
  private func settling(
    of row: ScaleRow, using generator: inout SeededGenerator
  ) -> (claim: Claim, distribution: BootstrapDistribution)? {
    let points = row.marginal.points.filter { $0.bytes >= Self.window }
    guard let first = points.first,
      let last = points.last(where: { first.paired(with: $0).count > 2 }),
      first.bytes <= last.bytes / 4
    else { return nil }
    let pairs = first.paired(with: last)
    guard
      let drawn = Bootstrap().distribution(
        ofDifference: Self.replicates(pairs.map(\.0)), minus: Self.replicates(pairs.map(\.1)),
        blocks: .own, using: &generator)
    else { return nil }
    let claim = Claim(
      "what the next stretch costs \(row.label) after \(NumberFormat.grouped(first.bytes)) bytes "
        + "less what it costs after \(NumberFormat.grouped(last.bytes)), in bits per byte,",
      expects: .noDifference)
    return (claim, drawn)
  }

  /// One a window; blocks of one byte, as the stretches at two sizes differ in length.
  private static func replicates(_ values: [Double]) -> [Replicate] {
    values.map { Replicate(blocks: [BlockCost(bits: $0, bytes: 1)]) }
  }
}
