/// One row of the self-check: a case whose answer is known beforehand.
public struct SelfCheckRow: Sendable, Equatable, Codable {
  /// What was checked, as a reader would say it.
  public var name: String
  public var passed: Bool

  /// The row `name`.
  public init(_ name: String, passed: Bool) {
    self.name = name
    self.passed = passed
  }
}

/// The proof that the self-check ran and passed, without which there is no verdict.
///
/// Only this package makes one, from rows that were checked.
public struct SelfCheckPass: Sendable, Equatable {
  /// What was checked.
  public let rows: [SelfCheckRow]

  /// Nil if a row failed, or if nothing was checked.
  package init?(_ rows: [SelfCheckRow]) {
    guard !rows.isEmpty, rows.allSatisfy(\.passed) else { return nil }
    self.rows = rows
  }
}
