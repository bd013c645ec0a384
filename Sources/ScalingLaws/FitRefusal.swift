/// Why a law is not fitted, or not believed beyond the sizes that were measured.
public struct FitRefusal: Error, Sendable, Equatable, Codable, CustomStringConvertible {
  /// The kinds of refusal.
  public enum Reason: String, Sendable, Codable {
    /// Sizes, losses or weights that are not positive numbers, or that contradict each other.
    case badInput
    /// Fewer points than the task needs.
    case tooFewPoints
    /// The sizes lie too close together.
    case narrowRange
    /// The loss does not change with size.
    case flat
    /// The loss does not surely fall with size.
    case notFalling
    /// E or β could be almost anything.
    case notIdentified
    /// The points lie too far from any such law.
    case scattered
    /// The law predicted the largest sizes worse than a naive guess did.
    case failedHoldOut
  }

  public var reason: Reason
  /// The reason in one sentence, for people who have not fitted a law before.
  public var description: String

  init(_ reason: Reason, _ description: String) {
    self.reason = reason
    self.description = description
  }
}
