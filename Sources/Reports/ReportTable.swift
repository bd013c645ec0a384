/// A table of a scale or training report: a title, column heads and cells, whatever form it is shown in.
public struct ReportTable: Sendable, Equatable {
  /// What a table is of.
  public enum Kind: Sendable, Equatable {
    case curve(ScaleCurve.Kind)
    /// What the model of that label holds.
    case model(String)
    case laws
    case excess
    /// Where trainings stand.
    case training
    /// What a study measured.
    case study
    /// What parts of a method are worth.
    case ablation
    /// What a shard has of a plan.
    case shard
  }

  public let kind: Kind
  public let title: String
  /// What has to be known to read it; one sentence, or none.
  public let note: String?
  public let heads: [String]
  public let rows: [[String]]

  /// Creates a table; see the properties.
  public init(kind: Kind, title: String, note: String?, heads: [String], rows: [[String]]) {
    self.kind = kind
    self.title = title
    self.note = note
    self.heads = heads
    self.rows = rows
  }
}
