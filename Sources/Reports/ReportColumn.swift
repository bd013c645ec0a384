import BPBCore
import Evidence
import RunRecords

/// A column of the tables that people read, in the order in which they are shown.
struct ReportColumn {
  /// Where a narrow terminal has no room, columns go in this order, the last one first. Those from
  /// `excess` on are shown only where no method's name is cut for them.
  enum Importance: Int {
    case bitsPerByte, withModel, interval, codedBytes, verified, kind, perplexity, topOne,
      modelBytes, sentModel
    case encodeSpeed, scoreSpeed, decodeSpeed, spread, memory, ratio, parameters
    case excess, framing, version
  }

  let importance: Importance
  let title: String
  /// Nil where there is nothing to show.
  let value: (ComparisonRow) -> String?

  /// Whether the column is there even if it is empty.
  private var isEssential: Bool { [.bitsPerByte, .codedBytes, .verified].contains(importance) }
  /// Whether the column says something of real output only, which ideal lengths are not.
  private var isOfOutput: Bool { [.codedBytes, .verified, .ratio].contains(importance) }

  /// The columns that say something about `rows`.
  static func all(
    for rows: [ComparisonRow], in comparison: Comparison, _ options: ReportOptions
  ) -> [ReportColumn] {
    let isMixed = Set(rows.compactMap(\.kind)).count > 1
    var columns = sizes(in: comparison, showingKind: isMixed)
    if options.showsSpeed { columns += costs }
    columns.append(ReportColumn(importance: .verified, title: "verified", value: verdict))
    let isIdeal = !rows.isEmpty && rows.allSatisfy { $0.heldOut != nil && $0.isSound }
    return columns.filter { column in
      !(isIdeal && column.isOfOutput)
        && (column.isEssential || rows.contains { column.value($0) != nil })
    }
  }

  private static func sizes(in comparison: Comparison, showingKind: Bool) -> [ReportColumn] {
    [
      .init(importance: .version, title: "version") { $0.method.version.map(SafeText.printable) },
      .init(importance: .kind, title: "kind") {
        showingKind ? $0.kind.map(SafeText.printable) : nil
      },
      .init(importance: .bitsPerByte, title: "bpb") {
        $0.bitsPerByte.map { NumberFormat.fixed($0, decimals: 4) }
      },
      .init(importance: .withModel, title: "with model") {
        $0.leavesOutModel
          ? $0.chargedBitsPerByte.map { NumberFormat.fixed($0, decimals: 4) } : nil
      },
    ] + heldOut + [
      .init(importance: .excess, title: "over best") { excess(of: $0, in: comparison) },
      .init(importance: .ratio, title: "ratio") {
        $0.ratio.map { NumberFormat.fixed($0, decimals: 3) }
      },
      .init(importance: .codedBytes, title: "coded bytes") {
        $0.codedBytes.map(NumberFormat.grouped)
      },
      .init(importance: .sentModel, title: "sent model") {
        $0.sentModelBytes.map(NumberFormat.grouped)
      },
      .init(importance: .framing, title: "framing bytes") {
        $0.framingBytes.map(NumberFormat.grouped)
      },
    ]
  }

  /// What only kind `heldout` has.
  private static var heldOut: [ReportColumn] {
    [
      .init(importance: .interval, title: "95% interval") {
        $0.heldOut?.interval.map { interval in
          [interval.low, interval.high].map { NumberFormat.fixed($0, decimals: 4) }
            .joined(separator: "–")
        }
      },
      .init(importance: .perplexity, title: "perplexity") {
        $0.perplexity.map { NumberFormat.fixed($0, decimals: 3) }
      },
      .init(importance: .topOne, title: "first guess") {
        $0.heldOut?.topOne?.fraction.map(NumberFormat.percent)
      },
      .init(importance: .modelBytes, title: "model bytes") {
        $0.method.modelBytes > 0 ? NumberFormat.grouped($0.method.modelBytes) : nil
      },
      .init(importance: .parameters, title: "parameters") {
        $0.method.parameters.map(NumberFormat.grouped)
      },
    ]
  }

  private static var costs: [ReportColumn] {
    [
      .init(importance: .encodeSpeed, title: "encode MB/s") {
        $0.heldOut == nil ? $0.encodeSpeed.map(NumberFormat.megabytesPerSecond) : nil
      },
      .init(importance: .scoreSpeed, title: "MB/s") {
        $0.heldOut == nil ? nil : $0.encodeSpeed.map(NumberFormat.megabytesPerSecond)
      },
      .init(importance: .decodeSpeed, title: "decode MB/s") {
        $0.decodeSpeed.map(NumberFormat.megabytesPerSecond)
      },
      .init(importance: .spread, title: "spread") { row in
        let spreads = [row.encoding.spread, row.decoding.spread].compactMap(\.self)
        return row.isTimedAlone ? spreads.max().map(NumberFormat.percent) : nil
      },
      .init(importance: .memory, title: "memory") { $0.memoryBytes.map(NumberFormat.bytes) },
    ]
  }

  /// Bits above the best of the same kind, models charged, in percent.
  private static func excess(of row: ComparisonRow, in comparison: Comparison) -> String? {
    guard let best = Comparison.best(ofKind: row.kind, among: comparison.rows), best > 0,
      row.isSound, !row.isBest
    else { return nil }
    return row.chargedBitsPerByte.map { "+" + NumberFormat.percent($0 / best - 1) }
  }

  private static func verdict(of row: ComparisonRow) -> String? {
    if !row.failures.isEmpty { return "FAILED" }
    if !row.isComplete { return "\(row.measuredCount) of \(row.expectedCount)" }
    return row.verification == .verified ? "ok" : nil
  }
}
