public import RunRecords

/// The forms in which a check can be written.
public enum CheckFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// Text with workflow commands that GitHub shows beside the files.
  case github
  /// JUnit XML, as most continuous integration reads it.
  case junit
}

/// Where a check's files are, for those who look at its report.
public struct CheckPlace: Sendable {
  /// The baseline, as `SafeText` writes it.
  public var baseline: String
  /// What to put before the names of inputs to have their paths: the directory that was walked, as
  /// `SafeText` writes it, or empty.
  public var inputPrefix: String

  /// Creates a place; see the properties.
  public init(baseline: String, inputPrefix: String) {
    self.baseline = baseline
    self.inputPrefix = inputPrefix
  }
}

/// A form of a check's report: text from its outcome and nothing else.
public protocol CheckRenderer: Sendable {
  /// The whole report, its last line ended.
  func render(_ outcome: BaselineCheck.Outcome) -> String
}

extension CheckFormat {
  /// A renderer of this form.
  ///
  /// - Parameter showsAll: whether every finding is shown, those that held included; JUnit always
  ///   has them.
  public func renderer(at place: CheckPlace, showsAll: Bool) -> any CheckRenderer {
    switch self {
    case .text: CheckTextRenderer(place: place, showsAll: showsAll)
    case .github: CheckGitHubRenderer(place: place, showsAll: showsAll)
    case .junit: CheckJUnitRenderer(place: place)
    }
  }
}
