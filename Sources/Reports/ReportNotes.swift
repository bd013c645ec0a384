import BPBCore
import RunRecords

/// The sentences around the tables that people read.
struct ReportNotes {
  let comparison: Comparison
  let options: ReportOptions

  /// Different failures of one method that are told in full.
  private static let causesShown = 3

  /// What was measured.
  var summary: String {
    let corpus = comparison.run.corpus
    return [
      NumberFormat.count(corpus.files.count, "file", "files"),
      NumberFormat.count(corpus.bytes, "byte", "bytes"),
      policy,
      "corpus sha256 " + SafeText.printable(String(corpus.sha256.prefix(12))),
    ].joined(separator: ", ")
  }

  /// What has to be known to read the figures, one sentence each.
  var footnotes: [String] {
    HeldOutNotes(rows: comparison.rows(by: options.order)).warnings + framing + charging + sending
      + speed
      + HeldOutNotes(rows: comparison.rows(by: options.order)).remarks + comparison.modelNotes
      + comparison.rows.flatMap { incomplete($0) + failures(of: $0) } + [total]
  }

  /// What was coded on its own.
  var policy: String {
    let policy = comparison.run.policy
    if policy == "per-file" { return "each file coded on its own" }
    if policy == "held-out" { return "each file one stream under a frozen model" }
    if policy == "solid" { return "all files coded as one stream" }
    if policy.hasPrefix("chunk:"), let bytes = Int(policy.dropFirst("chunk:".count)) {
      return "every \(NumberFormat.count(bytes, "byte", "bytes")) coded on their own"
    }
    return "blocks: " + SafeText.printable(policy)
  }

  /// The container of each family, once.
  private var framing: [String] {
    var notes: [String] = []
    for row in comparison.rows where row.heldOut == nil {
      guard let note = row.method.framing else { continue }
      let family = String(row.method.name.prefix { $0 != ":" })
      let text = SafeText.printable(note.hasPrefix(family) ? note : "\(family): \(note)")
      if !notes.contains(text) { notes.append(text) }
    }
    return notes
  }

  private var charging: [String] {
    guard comparison.rows.contains(where: \.leavesOutModel) else { return [] }
    return [
      "† without the model, which a decoder needs too; 'with model' charges its file once, and rows are "
        + "ranked by that."
    ]
  }

  private var sending: [String] {
    guard comparison.rows.contains(where: { $0.sentModelBytes != nil }) else { return [] }
    return [
      "'sent model': so many of the coded bytes are what a decoder has to know of a block first; the others are "
        + "residual and framing."
    ]
  }

  private var isHeldOut: Bool { comparison.rows.contains { $0.heldOut != nil } }

  private var speed: [String] {
    guard options.showsSpeed, comparison.rows.contains(where: { $0.encodeSpeed != nil }) else {
      return []
    }
    if isHeldOut {
      return [
        "Speeds are approximate: files were measured side by side; --jobs 1 measures each alone."
      ]
    }
    guard comparison.isTimedAlone else {
      return [
        "Speeds are approximate: methods were measured side by side; --timing measures each alone."
      ]
    }
    let repetitions = comparison.rows.map(\.encoding.samples.count).max() ?? 0
    guard repetitions > 1 else { return ["Speeds were measured alone, once."] }
    return [
      "Speeds were measured alone: medians of \(repetitions) repetitions; "
        + "spread is (slowest - fastest) / median."
    ]
  }

  private func incomplete(_ row: ComparisonRow) -> [String] {
    guard !row.isComplete else { return [] }
    guard row.measuredCount > 0 else { return ["\(row.label): not measured."] }
    let files = NumberFormat.count(row.expectedCount, "file", "files")
    let measured = NumberFormat.grouped(row.measuredCount)
    return ["\(row.label): \(measured) of \(files) measured; its figures are of these alone."]
  }

  /// What went wrong, each sentence once with the first file that it is about.
  private func failures(of row: ComparisonRow) -> [String] {
    var causes: [(first: ComparisonRow.Failure, count: Int)] = []
    var hidden = 0
    for failure in row.failures {
      if let known = causes.firstIndex(where: { $0.first.sentence == failure.sentence }) {
        causes[known].count += 1
      } else if causes.count < Self.causesShown {
        causes.append((failure, 1))
      } else {
        hidden += 1
      }
    }
    let shown = causes.map { cause, count in
      let others = count > 1 ? " and \(NumberFormat.grouped(count - 1)) more" : ""
      return
        "\(row.label) failed\(cause.path.map { " on \($0)" } ?? "")\(others): \(cause.sentence)"
    }
    let rest = NumberFormat.count(hidden, "more file", "more files")
    return shown + (hidden > 0 ? ["\(row.label) failed on \(rest) for other reasons."] : [])
  }

  private var total: String {
    let rows = comparison.rows
    let expected = rows.reduce(0) { $0 + $1.expectedCount }
    let measured = rows.reduce(0) { $0 + $1.measuredCount }
    let parts = [
      "Total: " + NumberFormat.count(rows.count, "method", "methods"),
      "\(NumberFormat.grouped(measured)) of "
        + NumberFormat.count(expected, "measurement", "measurements"),
      duration(of: \.encoding, isHeldOut ? "scoring" : "encoding"),
      duration(of: \.decoding, "decoding"),
    ]
    return parts.compactMap(\.self).joined(separator: ", ") + "."
  }

  private func duration(
    of time: KeyPath<ComparisonRow, CodingTime>, _ activity: String
  ) -> String? {
    let seconds = comparison.rows.compactMap { $0[keyPath: time].seconds }
    guard options.showsSpeed, !seconds.isEmpty else { return nil }
    return "\(NumberFormat.duration(seconds.reduce(0, +))) \(activity)"
  }
}
