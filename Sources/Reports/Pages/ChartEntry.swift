public import Charts

/// A chart and what its file is called, without extension.
public struct ChartEntry: Sendable {
  public let name: String
  public let chart: Chart

  /// Creates an entry.
  public init(name: String, chart: Chart) {
    self.name = name
    self.chart = chart
  }
}
