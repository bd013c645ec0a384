/// The forms in which a comparison can be written.
public enum ReportFormat: String, CaseIterable, Sendable {
  case table, markdown, csv, json
}

/// What a report shows, whatever its form.
public struct ReportOptions: Sendable {
  public var order: ComparisonOrder
  /// Whether every file's figures are shown beside the totals.
  public var perFile: Bool
  /// Whether speed, memory and the identity of the run are shown: without them, equal measurements
  /// give equal reports.
  public var showsSpeed: Bool

  /// Creates options; see the properties.
  public init(
    order: ComparisonOrder = .bitsPerByte, perFile: Bool = false, showsSpeed: Bool = true
  ) {
    self.order = order
    self.perFile = perFile
    self.showsSpeed = showsSpeed
  }
}

/// A form of report: text from a comparison and nothing else.
public protocol ReportRenderer: Sendable {
  /// The whole report, its last line ended.
  func render(_ comparison: Comparison) -> String
}

extension ReportFormat {
  /// A renderer of this form.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal, for the table.
  ///   - color: whether the table may use terminal colours.
  public func renderer(
    _ options: ReportOptions, width: Int, color: Bool
  ) -> any ReportRenderer {
    switch self {
    case .table: TableRenderer(options, width: width, color: color)
    case .markdown: MarkdownRenderer(options)
    case .csv: CSVRenderer(options)
    case .json: JSONRenderer(options)
    }
  }
}
