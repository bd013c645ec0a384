import BPBCore
import Evidence
import Reports
import RunRecords

/// What studies say of every claim that is heard, on one corpus or several.
public struct Answers: Sendable {
  /// One claim, and what was found on each corpus; empty where no study bears on it.
  public struct Answer: Sendable {
    public let claim: HeardClaim
    public let findings: [Finding]
  }

  /// What one corpus says of a claim.
  public struct Finding: Sendable {
    /// The corpus by name.
    public let corpus: String
    /// Of each study's report on this corpus, by study, the anchor.
    let anchors: [String: String]
    /// All that bears on the claim, with what the studies say of it; nil where a study was not run.
    public let answers: [(evidence: HeardClaim.Evidence, answer: StudyAnswer?)]
  }

  /// How a claim that is heard fares.
  public enum Outcome: String, Sendable {
    case supported
    case notSupported = "not supported"
    /// Some of what bears on it speaks for it, some against.
    case mixed = "for and against"
    case inconclusive
    case notMeasured = "not measured"
  }

  public let answers: [Answer]
  /// The corpora by name, each with how thorough its studies were.
  public let corpora: [(name: String, scale: String)]

  /// What `reports` say, in the order of their corpora; nil of reports on fewer than two studies, which are no overview.
  public init?(_ reports: [StudyReport]) {
    guard Set(reports.map(\.results.plan.name)).count > 1 else { return nil }
    var groups: [(name: String, reports: [StudyReport])] = []
    for report in reports {
      let name = report.corpusName
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].reports.append(report)
      } else {
        groups.append((name, [report]))
      }
    }
    corpora = groups.map { ($0.name, Self.scale(of: $0.reports)) }
    answers = HeardClaim.all.map { claim in
      Answer(
        claim: claim,
        findings: claim.evidence.isEmpty
          ? [] : groups.map { Finding(corpus: $0.name, claim, $0.reports) })
    }
  }

  private static func scale(of reports: [StudyReport]) -> String {
    var presets: [String] = []
    for preset in reports.map(\.results.plan.preset) where !presets.contains(preset) {
      presets.append(preset)
    }
    let bytes = NumberFormat.count(reports[0].run.corpus.bytes, "byte", "bytes")
    return "\(bytes), \(presets.map { SafeText.printable($0) }.joined(separator: " and "))"
  }
}

extension Answers.Finding {
  fileprivate init(corpus: String, _ claim: HeardClaim, _ reports: [StudyReport]) {
    self.corpus = corpus
    anchors = Dictionary(
      reports.map { ($0.results.plan.name, $0.anchor) }, uniquingKeysWith: { $1 })
    answers = claim.evidence.map { evidence in
      let report = reports.last { $0.results.plan.name == evidence.study }
      return (evidence, report?.findings.answers.first { $0.claim.name == evidence.claim })
    }
  }

  /// What all that bears on the claim says together: whatever decides anything, and nothing by a count of hands.
  public var outcome: Answers.Outcome {
    guard answers.contains(where: { $0.answer?.verdict != nil }) else { return .notMeasured }
    let decided = answers.compactMap { evidence, answer -> Bool? in
      switch answer?.verdict?.outcome {
      case .supported: evidence.isFor
      case .notSupported: !evidence.isFor
      case .inconclusive, nil: nil
      }
    }
    guard let first = decided.first else { return .inconclusive }
    guard decided.allSatisfy({ $0 == first }) else { return .mixed }
    return first ? .supported : .notSupported
  }
}

extension StudyReport {
  /// The corpus in a few words: its file's name, or how many there are.
  fileprivate var corpusName: String {
    let files = run.corpus.files
    guard let only = files.first, files.count == 1 else {
      return "\(NumberFormat.count(files.count, "file", "files")), sha256 "
        + SafeText.printable(String(run.corpus.sha256.prefix(12)))
    }
    let name = only.path.split(separator: "/").last.map(String.init) ?? only.path
    return SafeText.printable(name)
  }
}
