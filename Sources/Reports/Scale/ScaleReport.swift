import BPBCore
import RunRecords

/// Everything that a report on a scale run says, whatever its form.
public struct ScaleReport: Sendable {
  public let summary: ScaleSummary
  public let fits: [ScaleFit]
  /// What was measured, one sentence each.
  public let preamble: [String]
  public let tables: [ReportTable]
  /// What the curves mean, in plain language, chosen by the figures.
  public let curves: [String]
  /// What the models hold, and what only the residual gives back, likewise.
  public let models: [String]
  /// What the laws are worth, and what they expect.
  public let laws: [String]
  /// What was claimed before the run, and what the run says of it.
  public let verdicts: [String]
  /// The claims behind them.
  let answers: [ScaleClaims.Answer]

  /// The report on `summary`.
  public init(_ summary: ScaleSummary) {
    self.summary = summary
    let tables = ScaleTables(summary: summary)
    fits = ScaleFit.all(of: summary)
    preamble = ScalePreamble(summary: summary).sentences
    self.tables = tables.all + [ScaleTables.laws(fits), tables.excess].compactMap(\.self)
    answers = ScaleClaims(summary: summary).answers()
    let reading = ScaleReading(summary: summary, fits: fits, answers: answers)
    curves = reading.curves
    models = reading.models
    laws = reading.laws
    verdicts = reading.verdicts
  }

  /// All of the reading.
  public var reading: [String] { curves + models + laws + verdicts }
}
