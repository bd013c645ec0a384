import BPBCore
import Charts
import Evidence
public import Reports

extension ReportFormat {
  /// The overview in this form; nothing as CSV, which holds figures.
  public func text(of answers: Answers, width: Int) -> String {
    switch self {
    case .table: AnswersTextRenderer(width: width).render(answers)
    case .markdown: AnswersMarkdownRenderer().render(answers)
    case .csv: ""
    case .json: answers.json.text
    }
  }
}

/// Answers for a terminal: each claim, and below it what was found.
struct AnswersTextRenderer {
  private let width: Int

  init(width: Int) { self.width = max(width, 40) }

  func render(_ answers: Answers) -> String {
    var lines = AnswerLines.preamble(answers).flatMap { wrapped($0, indent: 0) } + [""]
    for answer in answers.answers where !answer.findings.isEmpty {
      lines += wrapped("\(answer.claim.number)  \(answer.claim.sentence)", indent: 0)
      for finding in answer.findings {
        lines += wrapped("\(finding.corpus): \(finding.outcome.rawValue)", indent: 2)
        lines += finding.answers.flatMap { wrapped(AnswerLines.line($0, $1), indent: 4) }
      }
    }
    lines += ["", "Not measurable here:"]
    for answer in answers.answers where answer.findings.isEmpty {
      lines += wrapped("\(answer.claim.number)  \(answer.claim.sentence)", indent: 0)
      lines += wrapped(AnswerLines.reason(answer.claim), indent: 2)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    TextWrap.lines(text, width: width - indent).map { String(repeating: " ", count: indent) + $0 }
  }
}

/// Answers for readers of Markdown: two tables.
struct AnswersMarkdownRenderer {
  func render(_ answers: Answers) -> String {
    let parts = [
      MarkdownRenderer.fenced(AnswerLines.preamble(answers)), measured(answers),
      "**Not measurable here**", unmeasured(answers),
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func measured(_ answers: Answers) -> String {
    let rows = answers.answers.flatMap { answer in
      answer.findings.map { finding in
        [
          answer.claim.number, answer.claim.sentence, finding.corpus, finding.outcome.rawValue,
        ].map(MarkdownRenderer.text) + [
          finding.answers.map { MarkdownRenderer.text(AnswerLines.line($0, $1)) }
            .joined(separator: "<br>")
        ]
      }
    }
    return MarkdownRenderer.table(
      header: ["", "heard", "corpus", "verdict", "measured"], body: rows, textColumns: 5)
  }

  private func unmeasured(_ answers: Answers) -> String {
    let rows = answers.answers.filter(\.findings.isEmpty).map {
      [$0.claim.number, $0.claim.sentence, AnswerLines.reason($0.claim)].map(MarkdownRenderer.text)
    }
    return MarkdownRenderer.table(header: ["", "heard", "why"], body: rows, textColumns: 3)
  }
}

extension Answers {
  fileprivate var json: JSONValue {
    .object([("schema", .integer(1)), ("answers", .array(answers.map(Self.json)))])
  }

  private static func json(of answer: Answer) -> JSONValue {
    .object([
      ("number", .string(answer.claim.number)), ("heard", .string(answer.claim.sentence)),
      (
        "not_measured",
        .optional(answer.findings.isEmpty ? AnswerLines.reason(answer.claim) : nil)
      ),
      ("findings", .array(answer.findings.map(json))),
    ])
  }

  private static func json(of finding: Finding) -> JSONValue {
    .object([
      ("corpus", .string(finding.corpus)), ("outcome", .string(finding.outcome.rawValue)),
      (
        "evidence",
        .array(
          finding.answers.map { evidence, answer in
            .object([
              ("study", .string(evidence.study)), ("claim", .string(evidence.claim)),
              ("speaks_for", .bool(evidence.isFor)),
              ("outcome", .optional(answer?.verdict?.outcome.rawValue)),
            ])
          })
      ),
    ])
  }
}
