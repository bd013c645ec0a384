public import RunRecords

/// A check for people: what did not hold, the worst first, and the verdict in the last line.
public struct CheckTextRenderer: CheckRenderer {
  private let words: CheckWords
  private let showsAll: Bool

  /// A renderer; of many findings only the worst are shown, unless `showsAll`.
  public init(place: CheckPlace, showsAll: Bool) {
    words = CheckWords(place: place)
    self.showsAll = showsAll
  }

  public func render(_ outcome: BaselineCheck.Outcome) -> String {
    let entries = CheckEntry.all(in: outcome, includesHeld: showsAll)
    let shown = showsAll ? entries[...] : entries.prefix(CheckEntry.shownByDefault)
    let lines =
      shown.map(words.line) + [CheckEntry.more(entries.count - shown.count)].compactMap(\.self)
      + [CheckSummary.advice(outcome), CheckSummary.line(outcome)].compactMap(\.self)
    return lines.map { $0 + "\n" }.joined()
  }
}
