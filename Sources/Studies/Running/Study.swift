public import Evidence

/// A claim about models, made executable: what it says, how it is measured, and what the measurements say of it.
///
/// Adding one is one file: its claims with their margins, its cells, and pure functions from the cells' records to
/// tables, charts and verdicts. Splitting, scheduling, records, resuming and reporting are shared.
public protocol Study: Sendable {
  /// As on the command line.
  var name: String { get }
  /// Changed whenever a cell of the same name would give other numbers.
  var protocolVersion: String { get }
  /// What it is about, in one line.
  var summary: String { get }
  /// What is claimed, with the margins, before anything is measured.
  var claims: [StudyClaim] { get }

  /// What is to be measured.
  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell]

  /// What the cells' records say.
  func findings(of results: StudyResults) -> StudyFindings
}

/// What a study sets out to decide.
public struct StudyClaim: Sendable {
  /// One word for it, for programs and for the answers page.
  public let name: String
  /// The claim in words.
  public let sentence: String
  /// The statistic, its margin and what is expected of it.
  public let claim: Claim

  init(_ name: String, _ sentence: String, _ claim: Claim) {
    self.name = name
    self.sentence = sentence
    self.claim = claim
  }
}

/// All studies, in the order in which they are listed and run.
public enum Studies {
  public static let all: [any Study] = [
    LadderStudy(), CapacityStudy(), OverfitStudy(), MemorisationStudy(), RateDistortionStudy(),
    GridStudy(),
  ]

  /// The study called `name`; nil if there is none.
  public static func named(_ name: String) -> (any Study)? { all.first { $0.name == name } }
}
