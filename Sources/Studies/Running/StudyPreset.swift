/// How thorough a study is, by the time that it takes on two cores.
public enum StudyPreset: String, CaseIterable, Sendable, Codable {
  /// Under five minutes: shows how things lie, decides little.
  case quick
  /// About twenty minutes, and under an hour.
  case standard
  /// A night.
  case full
}
