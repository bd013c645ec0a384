import BPBCore
public import RunRecords

/// What was measured of a shard, for whoever waits for the others.
///
/// Without figures: methods that were measured on different parts of a corpus cannot be compared.
public struct ShardReport: Sendable {
  /// What the shard has of one method.
  public struct Row: Sendable {
    /// Canonical name.
    public var method: String
    /// Measurements in the plan.
    public var planned: Int
    /// Those that are in the shard.
    public var own: Int
    /// Those of the shard that succeeded.
    public var measured: Int
    /// Why others did not, as sentences.
    public var failures: [String]

    /// Creates a row; see the properties.
    public init(method: String, planned: Int, own: Int, measured: Int, failures: [String]) {
      self.method = method
      self.planned = planned
      self.own = own
      self.measured = measured
      self.failures = failures
    }
  }

  private let corpus: CorpusRecord
  private let shard: Shard
  private let rows: [Row]

  /// Different failures of one method that are told in full.
  private static let causesShown = 3

  /// The report on `shard`, whose plan is that of `run`.
  public init(_ shard: Shard, of run: RunRecord, rows: [Row]) {
    corpus = run.corpus
    self.shard = shard
    self.rows = rows
  }

  /// The whole report for a terminal of `width` columns, its last line ended.
  public func text(width: Int, color: Bool) -> String {
    ScaleTextRenderer(width: width, color: color)
      .render([preamble], own > 0 ? [table] : [], rows.flatMap(failures) + [reading])
  }

  private var own: Int { rows.reduce(0) { $0 + $1.own } }
  private var name: String {
    "shard \(NumberFormat.grouped(shard.index)) of \(NumberFormat.grouped(shard.count))"
  }

  private var preamble: String {
    [
      NumberFormat.count(corpus.files.count, "file", "files"),
      NumberFormat.count(corpus.bytes, "byte", "bytes"),
      "corpus sha256 " + SafeText.printable(String(corpus.sha256.prefix(12))),
    ].joined(separator: ", ")
  }

  private var table: ReportTable {
    ReportTable(
      kind: .shard, title: "Measurements of \(name)", note: nil,
      heads: ["method", "in the plan", "in this part", "measured"],
      rows: rows.map { row in
        [SafeText.printable(row.method)]
          + [row.planned, row.own, row.measured].map(NumberFormat.grouped)
      })
  }

  private func failures(of row: Row) -> [String] {
    let causes = row.failures.reduce(into: [String]()) { known, sentence in
      if !known.contains(sentence) { known.append(sentence) }
    }
    let name = SafeText.printable(row.method)
    let shown = causes.prefix(Self.causesShown).map { "\(name) failed: \(SafeText.printable($0))" }
    let hidden = causes.count - shown.count
    return shown
      + (hidden > 0 ? ["\(name) failed for \(NumberFormat.grouped(hidden)) more reasons."] : [])
  }

  private var reading: String {
    let planned = rows.reduce(0) { $0 + $1.planned }
    let measured = NumberFormat.grouped(rows.reduce(0) { $0 + $1.measured })
    let all = NumberFormat.count(planned, "measurement", "measurements")
    let part =
      own > 0
      ? "has \(NumberFormat.grouped(own)) of the plan's \(all), and \(measured) of these are made."
      : "has none of the plan's \(all), as there are more shards than measurements."
    return
      "This is a part: \(name) \(part) 'bpb records merge' joins the records of all shards, and "
      + "'bpb report' shows them as those of one run."
  }
}
