package import Charts
import Reports

/// What a page says of all claims, before the studies themselves.
package struct AnswersSections: PageSections {
  let answers: Answers

  package init(answers: Answers) { self.answers = answers }

  package var title: String { AnswerLines.title }

  package var lead: HTMLPage.Phrase {
    .init(
      AnswerLines.lead(answers).map { $0.hasSuffix(".") ? $0 : $0 + "." }
        .joined(separator: " "))
  }

  package var figures: HTMLPage.Block {
    .table(
      .init(
        caption: "Claims that studies bear on",
        columns: [.text(""), .prose("heard")] + answers.corpora.map { .text($0.name) },
        rows: measured.map { answer in
          .init(
            [answer.claim.number, answer.claim.sentence] + answer.findings.map(\.outcome.rawValue))
        }))
  }

  package var blocks: [HTMLPage.Block] {
    [
      .section("What the verdicts rest on", measured.map(Self.evidence)),
      .section(
        "Not measurable here",
        [
          .table(
            .init(
              caption: "Claims without a study, and why",
              columns: [.text(""), .prose("heard"), .prose("why")],
              rows: answers.answers.filter(\.findings.isEmpty).map {
                .init([$0.claim.number, $0.claim.sentence, AnswerLines.reason($0.claim)])
              }))
        ]),
    ]
  }

  private var measured: [Answers.Answer] { answers.answers.filter { !$0.findings.isEmpty } }

  /// What one study's claim says, with the way to its tables and plots.
  private static func line(
    _ evidence: HeardClaim.Evidence, _ answer: StudyAnswer?, _ anchor: String?, on corpus: String
  ) -> HTMLPage.Phrase {
    let text = "\(corpus): \(AnswerLines.line(evidence, answer))"
    guard answer != nil, let anchor else { return .init(text) }
    return .init([.text(text + " "), .link("Tables and plots", anchor: anchor)])
  }

  private static func evidence(of answer: Answers.Answer) -> HTMLPage.Block {
    .section(
      "\(answer.claim.number) \(answer.claim.sentence)",
      [
        .list(
          answer.findings.flatMap { finding in
            finding.answers.map { evidence, answer in
              line(evidence, answer, finding.anchors[evidence.study], on: finding.corpus)
            }
          })
      ])
  }
}
