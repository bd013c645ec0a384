import Evidence
import Reports

/// The words of answers, the same in every form.
enum AnswerLines {
  static let title = "What is heard, and what was measured"

  /// What one study's claim says, with its interval.
  static func line(_ evidence: HeardClaim.Evidence, _ answer: StudyAnswer?) -> String {
    guard let answer else { return "\(evidence.study): not run." }
    let verdict = verdict(answer)
    return
      "\(evidence.study): \(answer.claim.sentence) \(verdict.prefix(1).uppercased())\(verdict.dropFirst())."
  }

  /// As "supported, 2.95 (2.82 to 3.08)".
  static func verdict(_ answer: StudyAnswer) -> String {
    guard let estimate = answer.verdict?.estimate else { return answer.word }
    return
      "\(answer.word), \(shown(estimate.value)) (\(shown(estimate.interval.low)) to \(shown(estimate.interval.high)))"
  }

  private static func shown(_ value: Double) -> String { shortText(value) }

  /// How it was found out, one sentence each.
  static func preamble(_ answers: Answers) -> [String] {
    let lead = lead(answers)
    return ["\(title): \(lead[0])"] + lead.dropFirst()
  }

  /// The same below the title.
  static func lead(_ answers: Answers) -> [String] {
    let measured = answers.answers.count { !$0.findings.isEmpty }
    return [
      "\(answers.answers.count) claims, of which studies bear on \(measured). A verdict holds at this scale, on this corpus."
    ] + answers.corpora.map { "\($0.name): \($0.scale)" }
  }

  /// Why a claim has no findings.
  static func reason(_ claim: HeardClaim) -> String {
    if case .notMeasured(let reason) = claim.basis { reason } else { "" }
  }
}
