import BPBCore
public import Evidence
public import Reports
import RunRecords

/// What a study's measurements say, for any form of report.
public struct StudyFindings: Sendable {
  /// How it was measured, one sentence each.
  public var preamble: [String] = []
  public var tables: [ReportTable] = []
  public var charts: [ChartEntry] = []
  /// What the figures mean, one sentence each.
  public var reading: [String] = []
  public var answers: [StudyAnswer] = []

  init() {}
}

/// What a run says of one claim.
public struct StudyAnswer: Sendable {
  public let claim: StudyClaim
  /// Nil where there is none, for the reason that `sentence` gives.
  public let verdict: Verdict?
  /// The verdict in words, or why there is none.
  public let sentence: String

  /// The verdict on `distribution`.
  init(_ claim: StudyClaim, _ distribution: BootstrapDistribution?, _ results: StudyResults) {
    self.init(claim, distribution?.estimate(level: 0.95), results)
  }

  /// The verdict on `estimate`.
  init(_ claim: StudyClaim, _ estimate: Estimate?, _ results: StudyResults) {
    guard let pass = results.pass else {
      self.init(claim, refusing: "the self-check did not pass, so there is no verdict.")
      return
    }
    if let leaking = results.leakingCell {
      let share = NumberFormat.fixed(leaking.figures[StudyResults.leak]! * 100, decimals: 1)
      self.init(
        claim,
        refusing:
          "what \(SafeText.printable(leaking.cell)) learned from holds \(share) % of the test part's stretches word for word."
      )
      return
    }
    guard let estimate else {
      self.init(claim, refusing: "too little was measured for a verdict.")
      return
    }
    let verdict = claim.claim.verdict(on: estimate, given: pass)
    self.init(claim, verdict, "\(claim.sentence) \(verdict)")
  }

  /// No verdict, for `reason`.
  init(_ claim: StudyClaim, refusing reason: String) {
    self.init(claim, nil, "\(claim.sentence) No verdict: \(reason)")
  }

  private init(_ claim: StudyClaim, _ verdict: Verdict?, _ sentence: String) {
    self.claim = claim
    self.verdict = verdict
    self.sentence = sentence
  }
}
