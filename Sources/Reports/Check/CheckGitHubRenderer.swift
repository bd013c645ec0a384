import BPBCore
public import RunRecords

/// A check as workflow commands: GitHub shows them beside the files that they name.
///
/// The format is documented under "Workflow commands for GitHub Actions". The verdict comes first,
/// since GitHub shows no more than ten errors, ten warnings and ten notices of a step; what is more
/// stands as plain text in the log.
public struct CheckGitHubRenderer: CheckRenderer {
  private let place: CheckPlace
  private let words: CheckWords
  private let showsAll: Bool

  /// Annotations of one severity beside the verdict.
  private static let shownBySeverity = 9

  /// A renderer; of many findings only the worst are shown, unless `showsAll`.
  public init(place: CheckPlace, showsAll: Bool) {
    self.place = place
    words = CheckWords(place: place)
    self.showsAll = showsAll
  }

  public func render(_ outcome: BaselineCheck.Outcome) -> String {
    let entries = CheckEntry.all(in: outcome, includesHeld: showsAll)
    let shown = showsAll ? entries[...] : entries.prefix(CheckEntry.shownByDefault)
    let verdict = command(
      outcome.exit == .held ? .notice : .failure, file: place.baseline, title: "bpb check",
      [CheckSummary.line(outcome), CheckSummary.advice(outcome)].compactMap(\.self)
        .joined(separator: "\n"))
    var annotated: [String: Int] = [:]
    let lines = shown.map { entry in
      let name = Self.name(of: entry.finding.severity)
      annotated[name, default: 0] += 1
      let isPlain = entry.finding.isUneventful || annotated[name, default: 0] > Self.shownBySeverity
      return isPlain ? words.line(entry) : annotation(entry)
    }
    let more = CheckEntry.more(entries.count - shown.count).map { [$0] } ?? []
    return ([verdict] + lines + more).map { $0 + "\n" }.joined()
  }

  private func annotation(_ entry: CheckEntry) -> String {
    let finding = entry.finding
    return command(
      finding.severity, file: file(of: finding),
      title: "bpb check: " + CheckWords.label(finding), words.sentence(entry))
  }

  /// The input, or the baseline where that is what does not fit.
  private func file(of finding: BaselineCheck.Finding) -> String {
    guard finding.kind != .missingInput, case .input(let name) = finding.scope else {
      return place.baseline
    }
    return place.path(of: name)
  }

  private func command(
    _ severity: BaselineCheck.Finding.Severity, file: String, title: String, _ message: String
  ) -> String {
    "::\(Self.name(of: severity)) file=\(Self.property(CheckPlace.plain(CheckPlace.relative(file)))),"
      + "title=\(Self.property(title))::\(Self.data(message))"
  }

  private static func name(of severity: BaselineCheck.Finding.Severity) -> String {
    switch severity {
    case .failure: "error"
    case .warning: "warning"
    case .notice: "notice"
    }
  }

  private static func data(_ text: String) -> String { encode(text, "%\r\n") }

  private static func property(_ text: String) -> String { encode(text, "%\r\n:,") }

  private static func encode(_ text: String, _ special: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if special.unicodeScalars.contains(scalar) {
        result += "%" + SafeText.hex([UInt8(scalar.value)]).uppercased()
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
}
