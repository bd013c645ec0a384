import BPBCore
import RunRecords

/// The words of a check, the same in every form of its report.
struct CheckWords {
  let place: CheckPlace

  /// A whole line: what was found, of what, and the figures with the limit that was used.
  ///
  /// A finding that makes the check fail begins in capitals.
  func line(_ entry: CheckEntry) -> String {
    let label = Self.label(entry.finding)
    return (entry.finding.severity == .failure ? label.uppercased() : label) + " " + sentence(entry)
  }

  /// The line without its first word.
  func sentence(_ entry: CheckEntry) -> String {
    "\(subject(of: entry.finding)): \(detail(of: entry))"
  }

  static func label(_ finding: BaselineCheck.Finding) -> String {
    switch finding.kind {
    case .methodFailed: "failed"
    case .notVerified: "not verified"
    case .notMeasured: "not measured"
    case .noBaseline: "no baseline"
    case .regression: "regression"
    case .changedInput: "changed"
    case .held where !finding.isUneventful: "changed"
    case .newInput: "new"
    case .missingInput: "missing"
    case .versionChanged: "version"
    case .improvement: "improved"
    case .held: "held"
    }
  }

  /// What an input, or all of them, is called.
  static func name(of scope: BaselineCheck.Finding.Scope) -> String? {
    switch scope {
    case .input(let path): SafeText.printable(path)
    case .stream: "all files as one stream"
    case .method, .baseline: nil
    }
  }

  private func subject(of finding: BaselineCheck.Finding) -> String {
    let method = finding.method.map(SafeText.printable) ?? SafeText.printable(place.baseline)
    guard let name = Self.name(of: finding.scope) else { return method }
    return finding.isOfInput ? name : "\(method) on \(name)"
  }

  private func detail(of entry: CheckEntry) -> String {
    let finding = entry.finding
    let methods = NumberFormat.count(entry.count, "method", "methods")
    return switch finding.kind {
    case .methodFailed, .notVerified, .notMeasured: SafeText.printable(finding.reason ?? "")
    case .noBaseline where finding.scope == .method:
      "the baseline has no rows of it under \(SafeText.printable(finding.policy ?? ""))"
    case .noBaseline: "there are no sizes to compare with"
    case .changedInput: "not what the baseline was made of, so \(methods) could not be compared"
    case .newInput: "the baseline has no row for it (\(methods))"
    case .missingInput: "in the baseline (\(methods)), but not among the inputs"
    case .versionChanged: Self.versions(finding.versions)
    case .held where !finding.isUneventful:
      "not what the baseline was made of; bits per byte held (\(methods))"
    case .regression, .improvement, .held: finding.comparison.map(CheckFigures.text) ?? ""
    }
  }

  private static func versions(_ versions: BaselineCheck.Finding.Versions?) -> String {
    let (before, now) = (versions?.baseline, versions?.current)
    return "\(before.map(SafeText.printable) ?? "unknown") in the baseline, "
      + "\(now.map(SafeText.printable) ?? "unknown") here"
  }
}

extension BaselineCheck.Finding {
  /// Whether it is about an input rather than about a method on it.
  fileprivate var isOfInput: Bool {
    switch kind {
    case .changedInput, .newInput, .missingInput: true
    default: kind == .held && !isUneventful
    }
  }
}
