import BPBCore
import RunRecords

/// Everything that a report on a scale run says, whatever its form.
public struct ScaleReport: Sendable {
  public let summary: ScaleSummary
  public let fits: [ScaleFit]
  /// What was measured, one sentence each.
  public let preamble: [String]
  public let tables: [ScaleTable]
  /// What the figures mean, in plain language, chosen by them.
  public let reading: [String]

  /// The report on `summary`.
  public init(_ summary: ScaleSummary) {
    self.summary = summary
    let tables = ScaleTables(summary: summary)
    fits = ScaleFit.all(of: summary)
    preamble = ScalePreamble(summary: summary).sentences
    self.tables = tables.all + [ScaleTables.laws(fits), tables.excess].compactMap(\.self)
    reading = ScaleReading(summary: summary, fits: fits).sentences
  }
}
