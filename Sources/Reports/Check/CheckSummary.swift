import BPBCore
import RunRecords

/// The last word of a check, and what to do then.
enum CheckSummary {
  /// One line: the verdict, how many sizes held, what else was found, and the limits.
  static func line(_ outcome: BaselineCheck.Outcome) -> String {
    let held =
      "\(NumberFormat.grouped(outcome.count(of: .held))) of "
      + NumberFormat.count(outcome.sizeCount, "size", "sizes")
    let others = BaselineCheck.Finding.Kind.allCases.compactMap { count(of: $0, in: outcome) }
    let within = withinLimit(outcome).map { [$0] } ?? []
    let parts =
      switch outcome.exit {
      case .held: [held] + within + others
      case .noBaseline where outcome.sizeCount == 0: ["nothing to compare with"]
      default: others + [held + " held"] + within
      }
    let limit = "limit " + SafeText.printable(outcome.tolerance.description)
    return "\(verdict(outcome.exit)): \(parts.joined(separator: ", ")); \(limit)"
  }

  /// What a reader can do about it; nil if there is nothing to do, or the findings say it.
  static func advice(_ outcome: BaselineCheck.Outcome) -> String? {
    switch outcome.exit {
    case .held, .methodFailed: nil
    case .noBaseline: "Make the baseline with --update, read it and commit it."
    case .regression, .improvement, .inputsChanged:
      "If that is as intended, make it the baseline with --update, read what changed and commit it."
    }
  }

  private static func verdict(_ exit: BaselineCheck.Exit) -> String {
    switch exit {
    case .held: "held"
    case .methodFailed: "FAILED"
    case .regression: "REGRESSION"
    case .improvement: "IMPROVED"
    case .noBaseline: "NO BASELINE"
    case .inputsChanged: "INPUTS CHANGED"
    }
  }

  private static func count(
    of kind: BaselineCheck.Finding.Kind, in outcome: BaselineCheck.Outcome
  ) -> String? {
    let count = outcome.count(of: kind)
    return count == 0 || kind == .held ? nil : "\(NumberFormat.grouped(count)) \(noun(kind))"
  }

  private static func noun(_ kind: BaselineCheck.Finding.Kind) -> String {
    switch kind {
    case .noBaseline: "without baseline"
    case .regression: "larger"
    case .improvement: "smaller"
    case .changedInput: "on changed inputs"
    case .newInput: "on new inputs"
    case .missingInput: "on missing inputs"
    case .versionChanged: "of another version"
    case .methodFailed: "failed"
    case .notVerified: "not verified"
    case .notMeasured: "not measured"
    case .held: "held"
    }
  }

  /// How many sizes held without being equal.
  private static func withinLimit(_ outcome: BaselineCheck.Outcome) -> String? {
    let count = outcome.findings.count {
      guard $0.kind == .held, let comparison = $0.comparison else { return false }
      return comparison.isSameInput
        && comparison.baseline.codedBytes != comparison.current.codedBytes
    }
    return count == 0 ? nil : "\(NumberFormat.grouped(count)) not equal but within the limit"
  }
}
