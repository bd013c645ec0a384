package import Charts
import Reports

/// What a page says of all claims, before the studies themselves.
package struct AnswersSections: PageSections {
  let answers: Answers

  package init(answers: Answers) { self.answers = answers }

  package var title: String { AnswerLines.title }

  package var lead: HTMLPage.Phrase {
    .init(
      AnswerLines.preamble(answers).map { $0.hasSuffix(".") ? $0 : $0 + "." }
        .joined(separator: " "))
  }

  package var figures: HTMLPage.Block {
    .table(
      .init(
        caption: "Claims that studies bear on",
        columns: [.text(""), .text("heard")] + answers.corpora.map { .text($0.name) },
        rows: measured.map { answer in
          .init(
            [answer.claim.number, answer.claim.sentence] + answer.findings.map(\.outcome.rawValue))
        }))
  }

  package var blocks: [HTMLPage.Block] {
    [
      .details("What the verdicts rest on", measured.map(Self.evidence)),
      .section(
        "Not measurable here",
        [
          .table(
            .init(
              caption: "Claims without a study, and why",
              columns: [.text(""), .text("heard"), .text("why")],
              rows: answers.answers.filter(\.findings.isEmpty).map {
                .init([$0.claim.number, $0.claim.sentence, AnswerLines.reason($0.claim)])
              }))
        ]),
    ]
  }

  private var measured: [Answers.Answer] { answers.answers.filter { !$0.findings.isEmpty } }

  private static func evidence(of answer: Answers.Answer) -> HTMLPage.Block {
    .section(
      "\(answer.claim.number) \(answer.claim.sentence)",
      [
        .list(
          answer.findings.flatMap { finding in
            finding.answers.map { .init("\(finding.corpus): \(AnswerLines.line($0, $1))") }
          })
      ])
  }
}
