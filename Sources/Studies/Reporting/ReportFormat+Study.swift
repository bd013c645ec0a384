import Charts
import Evidence
public import Reports
import RunRecords

extension ReportFormat {
  /// The report on a study in this form: as a table and as Markdown what the study shows, as CSV every number of
  /// every cell, as JSON both.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, for the table.
  ///   - color: whether the table may use terminal colours.
  public func text(of report: StudyReport, width: Int, color: Bool) -> String {
    switch self {
    case .table:
      ScaleTextRenderer(width: width, color: color)
        .render(report.preamble, report.findings.tables, report.reading)
    case .markdown:
      ScaleMarkdownRenderer().render(report.preamble, report.findings.tables, report.reading)
    case .csv: CSVRenderer.text(of: [["study", "cell", "figure", "value"]] + report.rows)
    case .json: report.json.text
    }
  }
}

extension StudyReport {
  fileprivate var rows: [[String]] {
    results.cells.flatMap { cell in
      cell.figures.sorted { $0.key < $1.key }.map { name, value in
        [cell.study, cell.cell, name, "\(value)"].map(CSVRenderer.safe)
      }
    }
  }

  fileprivate var json: JSONValue {
    .object([
      ("schema", .integer(1)), ("bpb_version", .string(run.bpbVersion)),
      ("study", .string(results.plan.name)), ("preset", .string(results.plan.preset)),
      ("seed", .string(String(results.plan.seed))),
      ("corpus_sha256", .string(run.corpus.sha256)),
      ("answers", .array(findings.answers.map(Self.json))),
      ("reading", .array(findings.reading.map(JSONValue.string))),
      ("cells", .array(results.cells.map(Self.json))),
      ("missing", .array(results.missing.map(JSONValue.string))),
      ("failures", .array(results.failures.map(JSONValue.string))),
    ])
  }

  private static func json(of answer: StudyAnswer) -> JSONValue {
    .object([
      ("claim", .string(answer.claim.name)), ("statement", .string(answer.claim.sentence)),
      ("statistic", .string(answer.claim.claim.statistic)),
      ("expected", .string(answer.claim.claim.expectation.rawValue)),
      ("margin", .number(answer.claim.claim.margin)),
      ("outcome", .optional(answer.verdict?.outcome.rawValue)),
      ("value", .optional(answer.verdict?.estimate.value)),
      ("low", .optional(answer.verdict?.estimate.interval.low)),
      ("high", .optional(answer.verdict?.estimate.interval.high)),
      ("sentence", .string(answer.sentence)),
    ])
  }

  private static func json(of cell: StudyCellRecord) -> JSONValue {
    .object([
      ("cell", .string(cell.cell)),
      ("figures", .object(cell.figures.sorted { $0.key < $1.key }.map { ($0, .number($1)) })),
    ])
  }
}
