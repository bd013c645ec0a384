import BPBCore
import Evidence
import RunRecords

/// What every scale run is asked, fixed before it: whether ten times the data still helps a model, and
/// whether a compressor gains nothing more once its window, if it were zlib's, has been full for as long again.
struct ScaleClaims {
  let summary: ScaleSummary

  /// Twice zlib's window of 32 KiB.
  private static let twoWindows = 1 << 16

  /// A claim in words, and what speaks for it or against it.
  private struct Question {
    let method: String
    let words: String
    let claim: Claim
    let distribution: BootstrapDistribution
  }

  /// A claim in words with its verdict.
  struct Answer: Sendable {
    /// The method's label.
    let method: String
    let words: String
    let verdict: Verdict

    /// Both in a paragraph.
    var paragraph: String { "Claim: \(words). \(verdict)" }
  }

  /// Every claim with its verdict; none without a self-check that passed.
  func answers() -> [Answer] {
    guard let pass = SelfCheckPass(summary.plan.selfCheck.map { .init($0.name, passed: $0.passed) })
    else { return [] }
    var generator = SeededGenerator(seed: summary.plan.seed)
    let questions = summary.rows.compactMap { question(about: $0, using: &generator) }
    let verdicts = Claim.verdicts(on: questions.map { ($0.claim, $0.distribution) }, given: pass)
    return zip(questions, verdicts).map {
      Answer(method: $0.method, words: $0.words, verdict: $1)
    }
  }

  private func question(
    about row: ScaleRow, using generator: inout SeededGenerator
  ) -> Question? {
    row.heldOut.points.isEmpty
      ? settling(of: row, using: &generator) : learning(of: row, using: &generator)
  }

  /// Paired on the held-out blocks, by the model that learned from the stream's first bytes.
  private func learning(
    of row: ScaleRow, using generator: inout SeededGenerator
  ) -> Question? {
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
    return Question(
      method: row.label, words: "ten times the data still helps \(row.label)", claim: claim,
      distribution: drawn)
  }

  /// Paired by window, each of which is other text.
  private func settling(
    of row: ScaleRow, using generator: inout SeededGenerator
  ) -> Question? {
    let points = row.marginal.points.filter { $0.bytes >= Self.twoWindows }
    guard let first = points.first, let last = Self.counterpart(of: first, among: points) else {
      return nil
    }
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
    return Question(
      method: row.label, words: "after 64 KiB more data no longer helps \(row.label)", claim: claim,
      distribution: drawn)
  }

  /// What the first size is held against: of those at least three times as large the one that shares most
  /// windows with it, of several the largest. Large sizes have few windows, and two pairs decide nothing.
  private static func counterpart(
    of first: ScaleCurve.Point, among points: [ScaleCurve.Point]
  ) -> ScaleCurve.Point? {
    let candidates = points.filter { $0.bytes / 3 >= first.bytes }
      .map { (point: $0, pairs: first.paired(with: $0).count) }
    return candidates.filter { $0.pairs > 2 }
      .max { ($0.pairs, $0.point.bytes) < ($1.pairs, $1.point.bytes) }?.point
  }

  /// One a window; blocks of one byte, as the stretches at two sizes differ in length.
  private static func replicates(_ values: [Double]) -> [Replicate] {
    values.map { Replicate(blocks: [BlockCost(bits: $0, bytes: 1)]) }
  }
}
