import BPBCore
import RunRecords

/// What each part of a method is worth: how much more a corpus takes without it.
public struct Ablation: Sendable {
  private let comparison: Comparison
  /// Names of parts, by the method without them.
  private let parts: [String: String]

  /// - Parameters:
  ///   - comparison: its first row is the whole method.
  ///   - parts: names of parts, by the canonical name of the method without them.
  public init(_ comparison: Comparison, parts: [String: String]) {
    self.comparison = comparison
    self.parts = parts
  }

  /// The report in a form; as JSON it is the comparison that it is made from.
  public func text(_ format: ReportFormat, width: Int, color: Bool) -> String {
    switch format {
    case .table:
      ScaleTextRenderer(width: width, color: color).render([preamble], [table], reading)
    case .markdown: ScaleMarkdownRenderer().render([preamble], [table], reading)
    case .csv: csv
    case .json: JSONRenderer(ReportOptions()).render(comparison)
    }
  }

  private struct Line {
    let part: String
    let bytes: Int
    let more: Int
    let speed: Double?
  }

  private var whole: ComparisonRow? { comparison.rows.first }

  /// The dearest loss first.
  private var lines: [Line] {
    guard let whole, whole.isSound, let all = whole.codedBytes else { return [] }
    let lines = comparison.rows.compactMap { row -> Line? in
      guard let part = parts[row.method.name], row.isSound, let bytes = row.codedBytes else {
        return nil
      }
      return Line(
        part: part, bytes: bytes, more: bytes - all,
        speed: row.encoding.seconds.map { Double(row.bytes) / max($0, 1e-9) })
    }
    return lines.sorted { ($0.more, $1.part) > ($1.more, $0.part) }
  }

  private var preamble: String {
    let corpus = comparison.run.corpus
    let size = whole?.codedBytes.map { ": \(NumberFormat.count($0, "byte", "bytes"))" } ?? ""
    return [
      NumberFormat.count(corpus.files.count, "file", "files"),
      NumberFormat.count(corpus.bytes, "byte", "bytes"),
      (whole?.label ?? "") + size,
    ].joined(separator: ", ")
  }

  private var table: ReportTable {
    ReportTable(
      kind: .ablation, title: "Without each part in turn", note: nil,
      heads: ["without", "bytes", "more", "share", "encode MB/s"],
      rows: lines.map { line in
        [
          line.part, NumberFormat.grouped(line.bytes), NumberFormat.grouped(line.more),
          share(line), line.speed.map(NumberFormat.megabytesPerSecond) ?? "–",
        ]
      })
  }

  private func share(_ line: Line) -> String {
    let share = Double(line.more) / Double(max(line.bytes - line.more, 1))
    return (share < 0 ? "" : "+") + NumberFormat.fixed(100 * share, decimals: 3) + "%"
  }

  private var reading: [String] {
    let missing = comparison.rows.count - (whole?.isSound == true ? 1 : 0) - lines.count
    let failures = comparison.rows.flatMap { row in
      row.failures.map { "\(row.label) failed: \(SafeText.printable($0.sentence))" }
    }
    return failures
      + (missing > 0
        ? ["\(NumberFormat.count(missing, "measurement", "measurements")) missing."] : [])
      + [
        "A part that others can stand in for is worth little here and may be worth much beside fewer others. "
          + "Where less remains without it, it does harm on this corpus."
      ]
  }

  private var csv: String {
    guard let whole else { return "" }
    func row(_ part: String, _ bytes: Int, _ more: Int) -> [String] {
      [CSVRenderer.safe(SafeText.printable(whole.method.name)), part, "\(bytes)", "\(more)"]
    }
    return CSVRenderer.text(
      of: [["method", "without", "coded_bytes", "more_bytes"]]
        + (whole.codedBytes.map { [row("", $0, 0)] } ?? [])
        + lines.map { row($0.part, $0.bytes, $0.more) })
  }
}
