import BPBCore
import Charts
import RunRecords

extension ReportFormat {
  /// The report on training logs in this form: as a table and as Markdown where each training stands and
  /// what that means, as CSV and JSON every line of the logs.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, for the table.
  ///   - color: whether the table may use terminal colours.
  public func text(of report: TrainingReport, width: Int, color: Bool) -> String {
    switch self {
    case .table:
      ScaleTextRenderer(width: width, color: color)
        .render([report.preamble], [report.table], report.verdicts)
    case .markdown:
      ScaleMarkdownRenderer().render([report.preamble], [report.table], report.verdicts)
    case .csv: CSVRenderer.text(of: [Self.header] + report.curves.flatMap(Self.rows))
    case .json: Self.json(of: report).text
    }
  }

  private static let header = [
    "method", "seed", "options", "step", "bytes", "train_bpb", "tune_bpb", "learning_rate",
    "seconds",
  ]

  private static func rows(of curve: TrainingCurve) -> [[String]] {
    curve.records.map { record in
      [
        safe(record.method), "\(record.seed)", safe(record.options),
        "\(record.step)", "\(record.bytes)", record.trainLoss.map { "\($0)" } ?? "",
        record.tuneLoss.map { "\($0)" } ?? "", "\(record.learningRate)", "\(record.seconds)",
      ]
    }
  }

  private static func safe(_ text: String) -> String {
    CSVRenderer.safe(SafeText.printable(text))
  }

  private static func json(of report: TrainingReport) -> JSONValue {
    .object([
      ("schema", .integer(1)), ("bpb_version", .string(report.run.bpbVersion)),
      ("corpus_sha256", .string(report.run.corpus.sha256)),
      ("trainings", .array(report.curves.map(json))),
      ("reading", .array(report.verdicts.map(JSONValue.string))),
    ])
  }

  private static func json(of curve: TrainingCurve) -> JSONValue {
    .object([
      ("method", .string(curve.last.method)), ("version", .optional(curve.last.version)),
      ("seed", .string(String(curve.last.seed))), ("options", .string(curve.last.options)),
      ("verdict", .optional(curve.verdict?.name)),
      ("overfits_since_step", .optional(curve.verdict?.turningStep)),
      ("gain_of_twice_the_steps", .optional(curve.verdict?.gain)),
      ("lines", .array(curve.records.map(json))),
    ])
  }

  private static func json(of record: TrainingRecord) -> JSONValue {
    .object([
      ("step", .integer(record.step)), ("bytes", .integer(record.bytes)),
      ("train_bpb", .optional(record.trainLoss)), ("tune_bpb", .optional(record.tuneLoss)),
      ("learning_rate", .number(record.learningRate)), ("seconds", .number(record.seconds)),
    ])
  }
}

extension TrainingVerdict {
  /// One word for it, for programs.
  public var name: String {
    switch self {
    case .underFits: "under-fits"
    case .overFits: "over-fits"
    case .worsens: "worsens"
    case .settled: "settled"
    }
  }

  /// The step from which on it over-fits; nil unless it does.
  public var turningStep: Int? {
    if case .overFits(let step, _, _) = self { step } else { nil }
  }

  /// Bits per byte that twice the steps would bring, about; nil where that is not known.
  public var gain: Double? {
    switch self {
    case .underFits(_, let gain), .settled(_, let gain): gain
    case .overFits, .worsens: nil
    }
  }
}
